/** Builders for the tests of this service. */
import { ALIVE, mappingOf, sharepointVersion } from '@sync/core';
import type { ObjectMapping, SharePointWrite, Wish } from '@sync/core';
import type { Job, Known, Request, Seen, SeenItem, Step, Turn } from '../job.ts';
import { begin, plan } from '../plan.ts';
import { settle } from '../settle.ts';

export const RECORD = '0b2f1a34-5c6d-4e7f-8a9b-0c1d2e3f4a5b';
export const NOW_ISO = '2026-03-02T12:00:00Z';

/** The eTag with this number. */
export function etag(number: number): string {
  return `"uid,${number}"`;
}

/** The version of item 7, or another, at an eTag number. */
export function version(number: number, itemId = '7', generation = 0): string {
  return sharepointVersion({ itemId, generation, etag: etag(number) });
}

export function wish(field: string, value: string | null, source = 't1'): Wish {
  return { field, value, source };
}

export const born = wish(ALIVE, 'true');
export const dead = wish(ALIVE, 'false');

/** An update of item 7 that was decided on its version 1. */
export function command(overrides: Partial<SharePointWrite> = {}): SharePointWrite {
  return {
    commandId: 'c1',
    workspaceId: 'w1',
    object: 'company',
    recordId: RECORD,
    tenantId: 'tenant',
    siteId: 'host,site,web',
    listId: 'list',
    itemId: '7',
    generation: 0,
    basis: version(1),
    etag: etag(1),
    wishes: [wish('name', 'Acorn')],
    changedAt: 1_000,
    issuedAt: 2_000,
    ...overrides,
  };
}

/** The first command of a record that has no item. */
export function creation(overrides: Partial<SharePointWrite> = {}): SharePointWrite {
  return command({
    itemId: null,
    basis: '',
    etag: null,
    wishes: [born, wish('name', 'Acorn')],
    ...overrides,
  });
}

/** The writer itself moved item 7 from version 1 to 2, setting the name. */
export function known(overrides: Partial<Known> = {}): Known {
  return {
    listId: 'list',
    exists: true,
    itemId: '7',
    etag: etag(2),
    generation: 0,
    version: version(2),
    lineage: [version(1), version(2)],
    values: { name: 'Acorn' },
    sources: { name: 't1' },
    ...overrides,
  };
}

export function item(number: number, fields: SeenItem['fields'] = {}, id = '7'): SeenItem {
  return {
    id,
    etag: etag(number),
    modifiedAt: 5_000,
    modifiedBy: 'user',
    fields: { TwentyId: RECORD, ...fields },
  };
}

export function jobOf(given: SharePointWrite, memory?: Known): Job {
  return begin({ command: given, mapping: companyMapping(), known: memory, nowIso: NOW_ISO });
}

/** Walks a job along what its requests meet; gives the requests made and the turn it came to. */
export function walk(job: Job, met: readonly Seen[]): { requests: Request[]; turn: Turn; step: Step } {
  const requests: Request[] = [];
  let turn: Turn = { job, step: plan(job) };
  for (const seen of met) {
    const { step } = turn;
    if (step.do === 'answer' || step.do === 'wait') throw new Error(`the job came to ${step.do} too early`);
    requests.push(step);
    turn = settle(turn.job, step, seen);
  }
  return { requests, turn, step: turn.step };
}

export function companyMapping(): ObjectMapping {
  const mapping = mappingOf('company');
  if (mapping === undefined) throw new Error('company has no mapping');
  return mapping;
}
