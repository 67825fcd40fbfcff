/** One harmless value for every topic that a service consumes, and one that cannot be. */
import { randomUUID } from 'node:crypto';
import { listKey, recordKey } from '@sync/core';
import type { Topic } from '@sync/core';
import { CURRENT } from './workspaces.ts';

export interface Sample {
  readonly key: string;
  /** Nothing comes of it that another test could meet. */
  readonly harmless: object;
  /** Its parts contradict each other, or what they are about; null where every value of the schema can be. */
  readonly impossible: object | null;
}

/** Samples for a topic; every call is about another record. */
export function sampleFor(topic: Topic): Sample {
  const make = BY_SCHEMA[topic.schema];
  if (make === undefined) throw new Error(`no sample for ${topic.schema}`);
  return make(topic);
}

const NOWHERE = { tenantId: 'no-tenant', siteId: 'no-site', listId: 'no-list' };
const VERSION = '000000000007-0000-000000000002';

const BY_SCHEMA: Readonly<Record<string, (topic: Topic) => Sample>> = {
  raw: () => {
    const row = (lsn: string | number) => ({
      op: 'c',
      before: null,
      after: { id: randomUUID(), name: 'Next' },
      source: { schema: 'workspace_1', table: 'company', lsn, ts_ms: Date.now() },
    });
    return { key: `sample-${randomUUID()}`, harmless: row(1), impossible: row('99999999999999999999') };
  },
  'twenty-change': ({ name }) => {
    const ids = strangerIds(name.split('.').at(-1));
    const rest = {
      op: 'snapshot',
      custom: false,
      transactionId: null,
      origin: null,
      fields: {},
      unchanged: [],
    };
    const change = (lsn: number) => ({
      ...{ ...ids, ...rest, changed: null, committedAt: Date.now() },
      version: { epoch: 1, lsn, order: 0 },
    });
    return { key: recordKey(ids), harmless: change(1), impossible: change(-1) };
  },
  'sharepoint-change': ({ name }) => {
    const ids = strangerIds(name.split('.').at(-1));
    const item = { ...NOWHERE, itemId: '7', generation: 0, etag: '"{7},2"', fields: {} };
    const rest = { op: 'upsert', modifiedAt: null, modifiedBy: 'user', readAt: Date.now() };
    const change = (version: string) => ({ ...ids, ...item, ...rest, version });
    return { key: recordKey(ids), harmless: change(VERSION), impossible: change('the youngest') };
  },
  'write-result': ({ name }) => {
    const ids = strangerIds('company');
    const item = { tenantId: null, siteId: null, listId: null, itemId: null, etag: null, picture: null };
    const rest = { kind: 'stale', wishes: [], refusals: [], attempts: 1, changedAt: null, answeredAt: 1 };
    const side = name.split('.')[0];
    const answer = (version: string) => ({
      ...ids,
      ...item,
      ...rest,
      commandId: randomUUID(),
      side,
      version,
    });
    return { key: recordKey(ids), harmless: answer(''), impossible: answer('the youngest') };
  },
  resolution: () => {
    const ids = strangerIds('company');
    const seen = { twentyValue: null, sharepointValue: null, twentyVersion: '', sharepointVersion: '' };
    const rest = { field: 'name', kind: 'bothEdited', value: null, decidedAt: Date.now() };
    const decision = (choice: string) => ({ ...ids, ...seen, ...rest, choice });
    return { key: recordKey(ids), harmless: decision('twenty'), impossible: decision('both') };
  },
  'workspace-config': () => {
    const place = { tenantId: 'no-tenant', clientId: 'none', credential: 'NONE', siteHost: 'none.example' };
    const limits = { skewMs: 2000, massWindowMs: 300_000, loopLimit: 6, loopWindowMs: 600_000 };
    const rest = {
      enabled: false,
      sitePath: '/sites/none',
      listPrefix: '',
      objects: [],
      tieWinner: 'twenty',
    };
    const workspaceId = randomUUID();
    return { key: workspaceId, harmless: { workspaceId, ...place, ...rest, ...limits }, impossible: null };
  },
  'sharepoint-notification': () => {
    const list = { ...NOWHERE, listId: randomUUID() };
    const bell = { ...list, subscriptionId: randomUUID(), kind: 'changed', receivedAt: Date.now() };
    return { key: listKey(list), harmless: bell, impossible: null };
  },
  'sharepoint-write': () => command({ ...NOWHERE, itemId: null, generation: 0, basis: '', etag: null }),
  'twenty-write': () => command({ ...NOWHERE, itemId: null, expected: {}, exists: false }),
};

/** Of a workspace that nobody has. */
function strangerIds(object = 'company') {
  return { workspaceId: randomUUID(), object, recordId: randomUUID() };
}

/** A command about an object that nobody maps; an address that is no group of texts. */
function command(parts: object): Sample {
  const about = (object: string, recordId: string, field: string) => ({
    ...{ ...parts, commandId: randomUUID(), workspaceId: CURRENT.id, object, recordId },
    ...{ wishes: [{ field, value: 'no group', source: VERSION }], changedAt: null, issuedAt: Date.now() },
  });
  const recordId = randomUUID();
  const key = recordKey({ workspaceId: CURRENT.id, object: 'company', recordId });
  return {
    key,
    harmless: about('company', recordId, 'no such field'),
    impossible: about('company', recordId, 'address'),
  };
}
