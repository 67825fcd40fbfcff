import { topics } from '@sync/core';
import { decide } from './decide.ts';

const SCHEMA = 'workspace_1wgvd1injqtife6y4rvfbu3h5';
const WORKSPACE = '20202020-1c25-4d02-bf25-6aeccf7ea419';
const ROW = { id: 'r1', name: 'Alder', updatedAt: '2026-01-01T00:00:00Z', position: 1, deletedAt: null };

interface Given {
  op?: string;
  before?: object | null;
  after?: object | null;
  table?: string;
  schema?: string;
}

function raw(given: Given): Buffer {
  const source = { schema: given.schema ?? SCHEMA, table: given.table ?? 'company', lsn: 500, ts_ms: 1000 };
  const { op = 'u', before = ROW, after = ROW } = given;
  return Buffer.from(
    JSON.stringify({ op, before, after, source, transaction: { id: '7:500', total_order: 2 } }),
  );
}

function changeOf(given: Given): unknown {
  const outcome = decide(raw(given), 1);
  return outcome.kind === 'emit' ? outcome.stages[0]?.[0]?.value : outcome;
}

describe('the operation', () => {
  test.each([
    ['create', { op: 'c', before: null }],
    ['snapshot', { op: 'r', before: null }],
    ['update', { after: { ...ROW, name: 'Birch' } }],
    ['softDelete', { after: { ...ROW, deletedAt: '2026-01-02T00:00:00Z' } }],
    ['restore', { before: { ...ROW, deletedAt: '2026-01-02T00:00:00Z' } }],
    ['update', { before: null }],
    ['delete', { op: 'd', after: null }],
  ] as const)('is %s', (op, given) => {
    expect(changeOf(given)).toMatchObject({ op, workspaceId: WORKSPACE, object: 'company', recordId: 'r1' });
  });
});

test('a change carries its version, its time and what it changed', () => {
  expect(changeOf({ after: { ...ROW, name: 'Birch', updatedAt: '2026-01-02T00:00:00Z' } })).toMatchObject({
    version: { epoch: 1, lsn: 500n, order: 2 },
    committedAt: 1000,
    changed: ['name', 'updatedAt'],
    fields: { name: 'Birch' },
  });
});

test('the changes of one transaction have one transaction id', () => {
  expect(changeOf({ op: 'c', before: null })).toMatchObject({ transactionId: '7' });
});

test('an update of bookkeeping columns alone is no change', () => {
  expect(decide(raw({ after: { ...ROW, updatedAt: '2027-01-01T00:00:00Z', position: 2 } }), 1)).toEqual({
    kind: 'drop',
    reason: 'no-op',
  });
});

test('a value that PostgreSQL did not send is marked, never a value', () => {
  expect(
    changeOf({ after: { ...ROW, name: 'Birch', bodyV2Markdown: '__debezium_unavailable_value' } }),
  ).toMatchObject({
    unchanged: ['bodyV2Markdown'],
    fields: expect.not.objectContaining({ bodyV2Markdown: expect.anything() }),
  });
});

test('a whole number beyond 2^53 stays exact', () => {
  const bytes = Buffer.from(
    raw({ op: 'c', before: null })
      .toString()
      .replace('"name":"Alder"', '"name":"Alder","big":9007199254740993'),
  );
  const outcome = decide(bytes, 1);
  expect(outcome.kind === 'emit' && outcome.stages[0]?.[0]?.value).toMatchObject({
    fields: { big: '9007199254740993' },
  });
});

test('a delete is told, then forgotten', () => {
  const outcome = decide(raw({ op: 'd', after: null }), 1);
  expect(
    outcome.kind === 'emit' && outcome.stages.map((stage) => stage.map((record) => record.value === null)),
  ).toEqual([[false], [true]]);
});

test.each([
  ['_gadget', topics.twentyChanges.custom.name, 'gadget'],
  ['person', topics.twentyChanges.person.name, 'person'],
  ['taskTarget', topics.twentyChanges.other.name, 'taskTarget'],
])('a row of %s goes to %s', (table, topic, object) => {
  const outcome = decide(raw({ op: 'c', before: null, table }), 1);
  const record = outcome.kind === 'emit' ? outcome.stages[0]?.[0] : undefined;
  expect([record?.topic.name, record?.key]).toEqual([topic, `${WORKSPACE}|${object}|r1`]);
});

describe('bad input', () => {
  test.each([
    ['not JSON', Buffer.from('nonsense'), 'the value is not a JSON object'],
    ['without a source', Buffer.from('{"op":"c"}'), 'source is missing'],
    ['with an unknown op', raw({ op: 'x' }), 'op is "x", not one of c, u, d, r'],
    ['without an id', raw({ op: 'c', before: null, after: { name: 'x' } }), 'the row has no id'],
  ])('%s is a dead letter that names the fault', (_, bytes, reason) => {
    expect(decide(bytes, 1)).toEqual({ kind: 'deadLetter', code: 'RECORD_UNREADABLE', reason });
  });

  test('a row of another schema is left alone', () => {
    expect(decide(raw({ schema: 'core' }), 1)).toEqual({ kind: 'drop', reason: 'not-a-workspace' });
  });
});

test.each([
  ['no text', Buffer.from([0xff, 0xfe, 0]), 'not a JSON object'],
  ['no object', Buffer.from('[]'), 'not a JSON object'],
  ['no source', Buffer.from('{"op":"c"}'), 'source is missing'],
  ['an unknown operation', rawWith({ op: 'z' }), 'op is "z"'],
  ['a long unknown operation', rawWith({ op: 'z'.repeat(500) }), /^op is "z{20}", not/],
  ['an LSN of more than 64 bits', rawWith({}, { lsn: '9223372036854775808' }), 'source.lsn'],
  ['an LSN below zero', rawWith({}, { lsn: -1 }), 'source.lsn'],
  ['a time that no one lives to see', rawWith({}, { ts_ms: '9007199254740992' }), 'source.ts_ms'],
  ['no id', rawWith({ after: { name: 'Alder' } }), 'the row has no id'],
])('a raw record with %s is a dead letter that says so', (_, bytes, reason) => {
  const expected =
    typeof reason === 'string' ? expect.stringContaining(reason) : expect.stringMatching(reason);
  expect(decide(bytes, 1)).toEqual({ kind: 'deadLetter', code: 'RECORD_UNREADABLE', reason: expected });
});

function rawWith(row: object, source: object = {}): Buffer {
  const good = JSON.parse(raw({ before: null }).toString()) as { source: object };
  return Buffer.from(JSON.stringify({ ...good, ...row, source: { ...good.source, ...source } }));
}

describe('a message in the log', () => {
  const message = (prefix: string, content: object): Buffer => {
    const source = { schema: '', table: '', lsn: 900, ts_ms: 2000 };
    const text = Buffer.from(JSON.stringify(content)).toString('base64');
    return Buffer.from(JSON.stringify({ op: 'm', source, message: { prefix, content: text } }));
  };

  test('of a row that was deleted unseen is its delete, in its place in the log', () => {
    const outcome = decide(message('twenty_sync.gone', { schema: SCHEMA, table: '_rocket', id: 'r1' }), 1);
    const key = `${WORKSPACE}|rocket|r1`;
    expect(outcome).toMatchObject({
      kind: 'emit',
      stages: [
        [{ key, value: { op: 'delete', custom: true, version: { epoch: 1, lsn: 900n }, committedAt: 2000 } }],
        [{ key, value: null }],
      ],
    });
  });

  test('of somebody else is left alone', () => {
    expect(decide(message('audit', {}), 1)).toEqual({ kind: 'drop', reason: 'foreign-message' });
  });

  test('that does not name a row is dead-lettered, with what is missing', () => {
    expect(decide(message('twenty_sync.gone', { schema: SCHEMA }), 1)).toMatchObject({
      kind: 'deadLetter',
      reason: 'message.content does not name schema, table and id of a row',
    });
  });
});
