/** Builders for the tests of this service. */
import { ALIVE, mappingOf, twentyVersion } from '@sync/core';
import type { ObjectMapping, TwentyWrite, Wish } from '@sync/core';
import type { Job, Place, Request, Row, Seen, Step, Turn } from '../job.ts';
import { begin, plan } from '../plan.ts';
import { settle } from '../settle.ts';

export const RECORD = '0b2f1a34-5c6d-4e7f-8a9b-0c1d2e3f4a5b';
export const NOW_ISO = '2026-03-02T12:00:00.000Z';

const columns: readonly (readonly [name: string, options?: readonly string[]])[] = [
  ['id'],
  ['name'],
  ['domainNamePrimaryLinkUrl'],
  ['employees'],
  ['industry', ['WOOD', 'STONE']],
  ['annualRevenueAmountMicros'],
  ['annualRevenueCurrencyCode'],
  ['deletedAt'],
  ['updatedAt'],
];

export const place: Place = {
  schema: 'workspace_1',
  object: {
    name: 'company',
    table: 'company',
    custom: false,
    columns: columns.map(([name, options = []]) => ({ name, type: 'text', nullable: true, options })),
  },
};

/** The version that an answer with this LSN gives. */
export function version(lsn: bigint): string {
  return twentyVersion({ epoch: 1, lsn, order: 0xffffffff });
}

export function wish(field: string, value: string | null, source = 's1'): Wish {
  return { field, value, source };
}

export const born = wish(ALIVE, 'true');
export const dead = wish(ALIVE, 'false');

/** Renames a company that was last seen as Acorn. */
export function command(overrides: Partial<TwentyWrite> = {}): TwentyWrite {
  return {
    commandId: 'c1',
    workspaceId: 'w1',
    object: 'company',
    recordId: RECORD,
    tenantId: 't1',
    siteId: 's1',
    listId: 'l1',
    itemId: '7',
    wishes: [wish('name', 'Birch')],
    expected: { name: 'Acorn' },
    exists: true,
    diedAt: null,
    changedAt: 1_000,
    issuedAt: 2_000,
    ...overrides,
  };
}

export function row(overrides: Row = {}): Row {
  const blank = Object.fromEntries(columns.map(([name]) => [name, null]));
  return { ...blank, id: RECORD, name: 'Acorn', updatedAt: '2026-03-01T10:00:00.123456Z', ...overrides };
}

export function jobOf(given: TwentyWrite, sources: Job['sources'] = {}): Job {
  return begin({ command: given, mapping: companyMapping(), place, epoch: 1, nowIso: NOW_ISO, sources });
}

/** Walks a job along what its requests meet; gives the requests made and the turn it came to. */
export function walk(job: Job, met: readonly Seen[]): { requests: Request[]; turn: Turn; step: Step } {
  const requests: Request[] = [];
  let turn: Turn = { job, step: plan(job) };
  for (const seen of met) {
    const { step } = turn;
    if (step.do === 'answer') throw new Error('the job came to its answer too early');
    requests.push(step);
    turn = settle(turn.job, step, seen);
  }
  return { requests, turn, step: turn.step };
}

function companyMapping(): ObjectMapping {
  const mapping = mappingOf('company');
  if (mapping === undefined) throw new Error('company has no mapping');
  return mapping;
}
