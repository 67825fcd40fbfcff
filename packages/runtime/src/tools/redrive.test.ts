import {
  SyncError,
  deadLetterTopic,
  defineTopology,
  drop,
  emit,
  schemas,
  to,
  topics,
  type Outcome,
  type Topic,
} from '@sync/core';
import avro from 'avsc';
import { longHook } from '../avro/safe-long.ts';
import { frame } from '../avro/wire-format.ts';
import { SERVICE, harness, settled, type Harness } from '../memory/harness.ts';
import { memorySchemas } from '../memory/memory-schemas.ts';
import type { InRecord } from '../service/contract.ts';
import type { Client } from './client.ts';
import { deadLettersOf } from './dead-letters.ts';
import { clientOn } from './open-client.ts';
import { redrive } from './redrive.ts';

const { raw, sharepointResults, twentyResults } = topics;
const topology = defineTopology({
  name: SERVICE,
  doc: '',
  reads: [raw, sharepointResults],
  writes: [twentyResults],
});
const DEAD = deadLetterTopic(SERVICE).name;
const UNKNOWN_ID = 77;
const type = avro.Type.forSchema(JSON.parse(schemas['write-result'].text) as avro.Schema, {
  typeHook: longHook,
});

/** A service with state: it tells on what it did not tell before. */
function set(fixed = { json: false }) {
  const registry = memorySchemas();
  const h = harness(topology, { schemas: registry });
  const known = new Map<string, string>();
  const client = clientOn(h.broker, registry);
  const process = async (record: InRecord): Promise<Outcome> => {
    const text = textOf(record, fixed.json);
    if (known.get(record.key) === text) return drop('known');
    known.set(record.key, text);
    return emit([to(twentyResults, record.key, h.result(text))]);
  };
  const pauses: number[] = [];
  const again = (options: { force?: boolean } = {}, filter = {}) =>
    redrive(client, SERVICE, filter, {
      ...options,
      pause: (ms) => Promise.resolve(pauses.push(ms)),
      now: () => 0,
    });
  return { h, registry, client, fixed, pauses, again, start: () => h.start(process) };
}

function textOf(record: InRecord, fixed: boolean): string {
  if (record.topic.name !== raw.name) return (record.value as { recordId: string }).recordId;
  const text = String(record.value);
  if (!fixed && text.startsWith('{') && !text.endsWith('}'))
    throw new SyncError('RECORD_UNREADABLE', 'parsing: not JSON');
  return text;
}

function put(h: Harness, topic: Topic, key: string, value: Buffer): void {
  const partition = Number(key.slice(-1));
  h.broker.append({ topic: topic.name, partition, key: Buffer.from(key), value, headers: {} });
}

const good = (h: Harness, id: number, recordId: string): Buffer =>
  frame(id, type.toBuffer(h.result(recordId)));
const idOf = (name: keyof typeof schemas): number => Object.keys(schemas).indexOf(name) + 1;
const goodId = idOf('write-result');
const stop: Harness[] = [];
afterEach(() => Promise.all(stop.splice(0).map((one) => one.stop())));

async function running(fixed?: { json: boolean }) {
  const made = set(fixed);
  stop.push(made.h);
  await made.start();
  return made;
}

const letters = async (client: Client) =>
  (await deadLettersOf(client, SERVICE)).map(({ key, code, state }) => [key, code, state]);

describe('a poison record', () => {
  it.each([
    ['bytes without a schema id', sharepointResults, () => Buffer.from('?'), 'RECORD_UNREADABLE'],
    [
      'a body that ends early',
      sharepointResults,
      (h: Harness) => good(h, goodId, 'x').subarray(0, 12),
      'RECORD_UNREADABLE',
    ],
    [
      'the schema of another topic',
      sharepointResults,
      (h: Harness) => frame(idOf('cursor'), good(h, goodId, 'x').subarray(5)),
      'RECORD_UNREADABLE',
    ],
    ['an unknown schema id', sharepointResults, (h: Harness) => good(h, UNKNOWN_ID, 'x'), 'SCHEMA_UNKNOWN'],
    ['malformed JSON', raw, () => Buffer.from('{"half":'), 'RECORD_UNREADABLE'],
  ])('with %s goes to the dead letters alone', async (_, topic, bytes, code) => {
    const { h, client } = await running();
    put(h, topic, 'other1', topic === raw ? Buffer.from('1') : good(h, goodId, '1'));
    put(h, topic, 'poison1', bytes(h));
    put(h, topic, 'other1', topic === raw ? Buffer.from('2') : good(h, goodId, '2'));
    await settled();
    expect([h.keysOf(twentyResults), h.crashes]).toEqual([['other1', 'other1'], []]);
    const [letter] = await deadLettersOf(client, SERVICE);
    expect(letter).toMatchObject({
      code,
      reason: expect.stringMatching(/^(decoding|parsing): /),
      topic: topic.name,
      partition: 1,
      position: 1n,
      key: 'poison1',
      attempts: 1,
      firstSeen: '1970-01-01T00:00:00.000Z',
      state: 'waiting',
      record: { value: bytes(h), headers: { 'dlq-service': Buffer.from(SERVICE) } },
    });
    await h.commit();
    expect(h.committed(topic, 1)).toBe(3n);
  });
});

describe('a redrive', () => {
  it('converges when the cause is gone, and a second one does nothing', async () => {
    const { h, registry, client, again } = await running();
    put(h, sharepointResults, 'a1', good(h, UNKNOWN_ID, 'first'));
    put(h, sharepointResults, 'a1', good(h, UNKNOWN_ID, 'second'));
    await settled();
    registry.learn(UNKNOWN_ID, schemas['write-result'].text);
    expect(await again()).toEqual({ sent: 2, done: 0, superseded: 0, bytesUnknown: 0 });
    await settled();
    const told = h.broker
      .records(twentyResults.name)
      .map((one) => type.fromBuffer(one.value?.subarray(5) ?? Buffer.alloc(0)) as { recordId: string });
    expect(told.map((one) => one.recordId)).toEqual(['first', 'second']);
    expect(await again()).toEqual({ sent: 0, done: 2, superseded: 0, bytesUnknown: 0 });
    await settled();
    expect([h.keysOf(twentyResults).length, await letters(client)]).toEqual([
      2,
      [
        ['a1', 'SCHEMA_UNKNOWN', 'redriven'],
        ['a1', 'SCHEMA_UNKNOWN', 'redriven'],
      ],
    ]);
  });

  it('sends the bytes as they were, where they were, and says whence', async () => {
    const { h, again } = await running();
    const lost = { topic: raw.name, partition: 2, key: Buffer.from([255, 2]), value: Buffer.from('{') };
    h.broker.append({ ...lost, headers: { h: Buffer.from([9]) } });
    await settled();
    await again();
    expect(h.broker.log(lost)[1]).toMatchObject({
      ...lost,
      headers: { h: Buffer.from([9]), 'sync-redriven-from': Buffer.from(`${DEAD}|0`) },
    });
    expect(Object.keys(h.broker.log(lost)[1]?.headers ?? {})).toEqual(['h', 'sync-redriven-from']);
  });

  it('never puts an older state behind a newer one', async () => {
    const { h, client, fixed, again } = await running();
    put(h, raw, 'a1', Buffer.from('{old'));
    put(h, raw, 'a1', Buffer.from('new'));
    put(h, raw, 'b1', Buffer.from('{b'));
    await settled();
    fixed.json = true;
    expect(await again()).toEqual({ sent: 1, done: 0, superseded: 1, bytesUnknown: 0 });
    await settled();
    expect(h.keysOf(twentyResults)).toEqual(['a1', 'b1']);
    expect(await letters(client)).toEqual([
      ['a1', 'RECORD_UNREADABLE', 'superseded'],
      ['b1', 'RECORD_UNREADABLE', 'redriven'],
    ]);
  });

  it('knows a letter that went back without its mark', async () => {
    const { h, again } = await running();
    put(h, raw, 'a1', Buffer.from('{'));
    await settled();
    await again();
    h.broker.log({ topic: DEAD, partition: 0 }).splice(1);
    expect(await again()).toMatchObject({ sent: 0, done: 1 });
  });

  it('knows a letter whose record its topic has forgotten since', async () => {
    const { h, fixed, again } = await running();
    put(h, raw, 'a1', Buffer.from('{'));
    await settled();
    fixed.json = true;
    await again();
    await settled();
    h.broker.partition({ topic: raw.name, partition: 1 }).truncate(9n);
    expect(await again()).toMatchObject({ sent: 0, done: 1 });
  });

  it('repeats when forced, at the rate asked for, and a service with state tells nothing twice', async () => {
    const { h, fixed, pauses, again } = await running();
    for (const key of ['a1', 'b1', 'c1']) put(h, raw, key, Buffer.from('{'));
    await settled();
    fixed.json = true;
    await again();
    await settled();
    expect(await again({ force: true })).toMatchObject({ sent: 3, done: 0 });
    await settled();
    expect([h.keysOf(twentyResults), pauses]).toEqual([
      ['a1', 'b1', 'c1'],
      [20, 20, 20, 20],
    ]);
  });

  it('takes only what was asked for', async () => {
    const { h, again } = await running();
    put(h, raw, 'a1', Buffer.from('{'));
    put(h, sharepointResults, 'b1', Buffer.from('?'));
    await settled();
    expect(await again({}, { topic: raw.name, key: 'b1' })).toMatchObject({ sent: 0 });
    expect(await again({}, { key: 'a1', code: 'RECORD_UNREADABLE' })).toMatchObject({ sent: 1 });
  });

  it('leaves work alone that came from no record', async () => {
    const { h, again } = await running();
    h.context().enqueue('a1', async () => ({ kind: 'deadLetter', code: 'X', reason: 'x' }));
    await settled();
    expect(await again({ force: true })).toEqual({ sent: 0, done: 0, superseded: 0, bytesUnknown: 1 });
  });
});
