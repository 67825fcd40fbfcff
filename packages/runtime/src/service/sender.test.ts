import { to, tombstone, topics } from '@sync/core';
import { Codec } from '../avro/codec.ts';
import { MemoryBroker } from '../memory/memory-broker.ts';
import { memorySchemas } from '../memory/memory-schemas.ts';
import { createMetrics } from '../observe/metrics.ts';
import { partitionOf } from '../partition/murmur2.ts';
import { KeyedValues } from '../store/keyed-values.ts';
import { Sender } from './sender.ts';

const { cursors, config } = topics;
const cursor = (round: number, deltaLink = 'x') => ({ deltaLink, round, readAt: 1 });

async function setUp() {
  const broker = new MemoryBroker({ [cursors.name]: 6 });
  const codec = new Codec(memorySchemas());
  await codec.pin([cursors]);
  const store = new KeyedValues<unknown>();
  const sender = new Sender({
    sink: await broker.sink(),
    codec,
    metrics: createMetrics('test', false),
    partitionCounts: new Map([[cursors.name, 6]]),
    writes: [cursors],
    stores: new Map([[cursors.name, store]]),
  });
  return { broker, store, sender };
}

describe('Sender', () => {
  it('puts acknowledged changelog records into their store, tombstones too', async () => {
    const { store, sender } = await setUp();
    await sender.send([to(cursors, 'a', cursor(1)), to(cursors, 'b', cursor(2))]);
    await sender.send([tombstone(cursors, 'b')]);
    expect([...store.entries()]).toEqual([['a', cursor(1)]]);
  });

  it('leaves the store alone when nothing was acknowledged', async () => {
    const { broker, store, sender } = await setUp();
    broker.sendFailure = new Error('no answer');
    await expect(sender.send([to(cursors, 'a', cursor(1))])).rejects.toThrow('no answer');
    expect(store.size).toBe(0);
  });

  it('finds the partition by the partition key', async () => {
    const { broker, sender } = await setUp();
    await sender.send([to(cursors, 'record', cursor(1), 'tenant')]);
    expect(broker.records(cursors.name).map((record) => record.partition)).toEqual([
      partitionOf('tenant', 6),
    ]);
  });

  it('refuses a record that no broker would take', async () => {
    const { sender } = await setUp();
    const act = sender.send([to(cursors, 'a', cursor(1, 'x'.repeat(900_001)))]);
    await expect(act).rejects.toMatchObject({ code: 'RECORD_UNREADABLE' });
  });

  it('refuses a topic that is not declared', async () => {
    const { sender } = await setUp();
    await expect(sender.send([tombstone(config, 'a')])).rejects.toThrow('not declared');
  });
});
