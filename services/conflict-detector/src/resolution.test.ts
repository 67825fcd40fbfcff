import { ALIVE, mappingOf } from '@sync/core';
import type { Resolution } from '@sync/core';
import { mistakeIn } from './resolution.ts';

const FIELDS = mappingOf('company')?.fields ?? [];

function decision(more: Partial<Resolution>): Resolution {
  return {
    ...{ workspaceId: 'w', object: 'company', recordId: 'r' },
    ...{ field: 'name', kind: 'bothEdited', choice: 'value', value: 'Alder' },
    ...{ twentyValue: 'a', sharepointValue: 'b', twentyVersion: '1', sharepointVersion: '1', decidedAt: 0 },
    ...more,
  };
}

test.each([
  [{}],
  [{ value: null }],
  [{ field: 'annualRevenue', value: '["12.5","EUR"]' }],
  [{ field: ALIVE, choice: 'twenty' }],
  [{ field: 'identity', choice: 'twenty' }],
])('%j can be carried out', (more) => {
  expect(mistakeIn(decision(more), FIELDS)).toBeNull();
});

test.each([
  [{ choice: 'both' }, 'choice both is none of twenty, sharepoint, value'],
  [{ field: ALIVE }, 'alive takes twenty or sharepoint'],
  [{ field: 'colour' }, 'the object has no field colour; it has identity, name'],
  [{ field: 'identity', value: 'x' }, 'identity follows from other values in Twenty'],
  [{ field: 'employees', value: 'many' }, 'employees: many is not in the canonical form'],
  [{ field: 'annualRevenue', value: '12.5' }, 'annualRevenue: 12.5 is not in the canonical form'],
  [{ field: 'annualRevenue', value: '["12.5","euro"]' }, 'a currency is three capital letters'],
  [{ value: 'a'.repeat(300) }, 'name: the text has 300 characters'],
])('%j is refused, and the fix is named', (more, message) => {
  expect(mistakeIn(decision(more), FIELDS)).toContain(message);
});
