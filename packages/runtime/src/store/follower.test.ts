import { topics } from '@sync/core';
import { Codec } from '../avro/codec.ts';
import { memorySchemas } from '../memory/memory-schemas.ts';
import { MemoryBroker } from '../memory/memory-broker.ts';
import { createLog } from '../observe/log.ts';
import { FollowedTopic } from './followed-topic.ts';
import { Follower } from './follower.ts';
import { MemoryCache } from './memory-cache.ts';

const { cursors } = topics;
const cursor = (round: number) => ({ deltaLink: 'x', round, readAt: 1 });
const log = createLog('test', 'silent');

async function setUp(
  broker = new MemoryBroker({ [cursors.name]: 2 }),
  cache = new MemoryCache(),
  now = () => 0,
) {
  const codec = new Codec(memorySchemas());
  await codec.pin([cursors]);
  const followed = new FollowedTopic(cursors, codec, log);
  const crashes: unknown[] = [];
  const patience = { random: () => 0, wait: () => Promise.resolve(), onWait: () => undefined };
  const follower = new Follower({
    broker,
    topics: [followed],
    cache,
    patience,
    log,
    now,
    onAlive: () => undefined,
    onCrash: (error) => crashes.push(error),
  });
  const append = (key: string, value: unknown, partition = 0) =>
    broker.append({
      topic: cursors.name,
      partition,
      key: Buffer.from(key),
      value: codec.encode(cursors, value),
      headers: {},
    });
  return { broker, cache, followed, follower, append, crashes };
}

describe('a follower', () => {
  it('knows everything that is there before it says that it started', async () => {
    const { followed, follower, append } = await setUp();
    append('a', cursor(1));
    append('b', cursor(2), 1);
    append('a', cursor(3));
    append('b', null, 1);
    await follower.start();
    expect([...followed.values.entries()]).toEqual([['a', cursor(3)]]);
    await follower.stop();
  });

  it('catches up to the end of now', async () => {
    const { followed, follower, append } = await setUp();
    await follower.start();
    append('a', cursor(5), 1);
    await follower.catchUp([{ topic: cursors.name, partition: 1 }]);
    expect(followed.values.get('a')).toEqual(cursor(5));
    await follower.stop();
  });

  it('goes on from the cache after a restart', async () => {
    const first = await setUp();
    first.append('a', cursor(1));
    await first.follower.start();
    await first.follower.stop();
    const second = await setUp(first.broker, first.cache);
    // The record itself is out of the log: only the cache still has it.
    first.broker.log({ topic: cursors.name, partition: 0 })[0] = {
      ...record(first.broker),
      key: Buffer.from('other'),
    };
    second.append('b', cursor(2));
    await second.follower.start();
    expect([...second.followed.values.entries()]).toEqual([
      ['a', cursor(1)],
      ['b', cursor(2)],
    ]);
    await second.follower.stop();
  });

  it.each([
    ['the topic was created anew', () => 0, true],
    ['its checkpoint is older than tombstones live', () => 10 * 86_400_000, false],
  ])('wipes the cache when %s', async (_, now, anew) => {
    const first = await setUp();
    first.append('gone', cursor(1));
    first.append('gone', cursor(2));
    await first.follower.start();
    await first.follower.stop();
    const broker = anew ? new MemoryBroker({ [cursors.name]: 2 }) : first.broker;
    if (!anew)
      for (const old of broker.log({ topic: cursors.name, partition: 0 }))
        Object.assign(old, { key: Buffer.from('kept') });
    const second = await setUp(broker, first.cache, now);
    await second.follower.start();
    expect(second.followed.values.get('gone')).toBeUndefined();
    await second.follower.stop();
  });

  it('leaves a record out that nobody can read', async () => {
    const { broker, followed, follower, append, crashes } = await setUp();
    append('a', cursor(1));
    broker.append({
      topic: cursors.name,
      partition: 0,
      key: Buffer.from('a'),
      value: Buffer.from('?'),
      headers: {},
    });
    append('b', cursor(2));
    await follower.start();
    expect([[...followed.values.entries()].length, followed.values.get('a'), crashes]).toEqual([
      2,
      cursor(1),
      [],
    ]);
    await follower.stop();
  });
});

function record(broker: MemoryBroker) {
  const [first] = broker.log({ topic: cursors.name, partition: 0 });
  if (first === undefined) throw new Error('nothing there');
  return first;
}
