import { SyncError, topics, type ValueOf } from '@sync/core';
import { Codec } from '../avro/codec.ts';
import { memorySchemas } from '../memory/memory-schemas.ts';
import { createLog } from '../observe/log.ts';
import { FollowedTopic } from './followed-topic.ts';

const { cursors } = topics;
type Cursor = ValueOf<typeof cursors>;
const IMPOSSIBLE = 99;

/** Keeps the round: none of negative ones, and of round 0 what was kept before. */
async function set() {
  const codec = new Codec(memorySchemas());
  await codec.pin([cursors]);
  const followed = new FollowedTopic(cursors, codec, createLog('test', 'silent'));
  followed.project((value, before) => {
    const { round } = value as Cursor;
    if (round === IMPOSSIBLE) throw new SyncError('RECORD_UNREADABLE', 'reading a round: there is none');
    return round === 0 ? before : round < 0 ? undefined : `round ${round}`;
  });
  const told: unknown[] = [];
  followed.values.onChange((key, value) => told.push([key, value]));
  let offset = 0n;
  const apply = async (key: string, round: number | null): Promise<boolean> =>
    followed.apply({
      key: Buffer.from(key),
      value: codec.encode(cursors, round === null ? null : { deltaLink: 'long', round, readAt: 1 }),
      offset: offset++,
      partition: 0,
    });
  return { followed, told, apply };
}

describe('a projected topic', () => {
  it('holds only what the projection makes of a value', async () => {
    const { followed, told, apply } = await set();
    expect(await apply('a', 1)).toBe(true);
    await apply('b', 2);
    expect([...followed.values.entries()]).toEqual([
      ['a', 'round 1'],
      ['b', 'round 2'],
    ]);
    expect(told).toEqual([
      ['a', 'round 1'],
      ['b', 'round 2'],
    ]);
  });

  it.each([
    ['nothing of a value', -1],
    ['a tombstone', null],
  ])('forgets a key by %s', async (_, round) => {
    const { followed, told, apply } = await set();
    await apply('a', 1);
    expect(await apply('a', round)).toBe(true);
    expect([followed.values.get('a'), told.at(-1)]).toEqual([undefined, ['a', undefined]]);
  });

  it('stays what it was, and tells nobody, when the projection gives back what was kept', async () => {
    const { followed, told, apply } = await set();
    await apply('a', 1);
    // The cache goes on holding the record that says it.
    expect(await apply('a', 0)).toBe(false);
    expect([followed.values.get('a'), told.length]).toEqual(['round 1', 1]);
  });

  it('leaves a record out whose value cannot be', async () => {
    const { followed, apply } = await set();
    await apply('a', 1);
    expect(await apply('a', IMPOSSIBLE)).toBe(false);
    expect(followed.values.get('a')).toBe('round 1');
  });

  it('has one projection', async () => {
    const { followed } = await set();
    expect(() => followed.project(() => 1)).toThrow('has a projection already');
  });
});

/** Cursors ranked by their round. */
async function rankedSet() {
  const codec = new Codec(memorySchemas());
  await codec.pin([cursors]);
  const followed = new FollowedTopic(cursors, codec, createLog('test', 'silent'));
  const outranked: string[] = [];
  followed.rank({ rankOf: (value) => (value as Cursor).round, onOutranked: (key) => outranked.push(key) });
  const cursor = (round: number, deltaLink: string): Cursor => ({ deltaLink, round, readAt: 1 });
  const apply = (offset: bigint, value: Cursor) =>
    followed.apply({ key: Buffer.from('a'), value: codec.encode(cursors, value), offset, partition: 0 });
  return { followed, outranked, cursor, apply };
}

describe('a ranked topic', () => {
  it('keeps what it knows when a younger record ranks lower, and tells its key', async () => {
    const { followed, outranked, cursor, apply } = await rankedSet();
    expect(await apply(0n, cursor(2, 'owner'))).toBe(true);
    expect(await apply(1n, cursor(1, 'zombie'))).toBe(false);
    expect([followed.values.get('a'), outranked]).toEqual([cursor(2, 'owner'), ['a']]);
  });

  it('takes what ranks the same', async () => {
    const { followed, outranked, cursor, apply } = await rankedSet();
    await apply(0n, cursor(2, 'before'));
    await apply(1n, cursor(2, 'after'));
    expect([followed.values.get('a'), outranked]).toEqual([cursor(2, 'after'), []]);
  });

  it('does not take a send of our own that ranks lower than what a successor wrote', async () => {
    const { followed, outranked, cursor, apply } = await rankedSet();
    await apply(0n, cursor(2, 'successor'));
    followed.put('a', cursor(1, 'ours'), 1n);
    expect([followed.values.get('a'), outranked]).toEqual([cursor(2, 'successor'), ['a']]);
    followed.put('a', null, 2n);
    expect(followed.values.get('a')).toBeUndefined();
  });

  it('takes what a successor wrote also when a send of our own lies behind it', async () => {
    const { followed, outranked, cursor, apply } = await rankedSet();
    followed.put('a', cursor(1, 'ours'), 5n);
    expect(await apply(4n, cursor(2, 'successor'))).toBe(true);
    expect([followed.values.get('a'), outranked]).toEqual([cursor(2, 'successor'), []]);
    expect(await apply(5n, cursor(1, 'ours'))).toBe(false);
    expect([followed.values.get('a'), outranked]).toEqual([cursor(2, 'successor'), ['a']]);
  });
});
