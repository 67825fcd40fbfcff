import type { TwentyChange } from '@sync/core';
import { labelIn } from './labels.ts';

const change = (given: Partial<TwentyChange>): TwentyChange =>
  ({
    workspaceId: 'w',
    object: 'company',
    recordId: 'r',
    op: 'update',
    fields: { name: 'Birch' },
    changed: null,
    unchanged: [],
    version: { epoch: 1, lsn: 1, order: 0 },
    ...given,
  }) as TwentyChange;
const before = { label: 'Alder', version: 'v' };

describe('labelIn', () => {
  it('is the name that the change tells', () => {
    expect(labelIn(change({}), before)?.label).toBe('Birch');
  });

  it('is forgotten with the record', () => {
    expect(labelIn(change({ op: 'delete' }), before)).toBeUndefined();
  });

  it('stays what it was when the change does not say', () => {
    expect(labelIn(change({ fields: {}, unchanged: ['name'] }), before)).toBe(before);
    expect(labelIn(change({ fields: {}, unchanged: ['name'] }))).toBeUndefined();
  });
});
