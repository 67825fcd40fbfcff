import { drop, topics } from '@sync/core';
import { Codec } from '../avro/codec.ts';
import { MemoryBroker } from '../memory/memory-broker.ts';
import { memorySchemas } from '../memory/memory-schemas.ts';
import { settled } from '../memory/harness.ts';
import { createLog } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import { OutcomeRunner } from './outcome-runner.ts';
import { Processor } from './processor.ts';

const { rawHeartbeat } = topics;

describe('an assigned partition', () => {
  it('is not processed until its state is restored', async () => {
    const restored = Promise.withResolvers<undefined>();
    const seen: string[] = [];
    const broker = new MemoryBroker({ [rawHeartbeat.name]: 1 });
    const [log, metrics, now] = [createLog('test', 'silent'), createMetrics('test', false), () => 0];
    const send = () => Promise.resolve();
    const about = { service: 'test', deadLetterTopic: 'dead', deadLetterLimit: 1, random: () => 0 };
    const processor: Processor = new Processor({
      source: broker.source({ group: 'g', topics: [rawHeartbeat.name] }),
      topics: [rawHeartbeat],
      codec: new Codec(memorySchemas()),
      runner: new OutcomeRunner({ ...about, log, metrics, send, sendRaw: send, now }),
      maxInFlight: 4,
      log,
      metrics,
      process: async (record) => (seen.push(record.key), drop('test')),
      restore: async () => restored.promise,
      onAssigned: () => seen.push(`assigned, owned: ${processor.owns(0)}`),
      onAlive: () => undefined,
      onCrash: (error) => seen.push(String(error)),
      now,
    });
    broker.append({
      topic: rawHeartbeat.name,
      partition: 0,
      key: Buffer.from('a'),
      value: null,
      headers: {},
    });
    await processor.start();
    await settled();
    expect([seen, processor.ready, processor.owns(0)]).toEqual([[], false, false]);
    restored.resolve(undefined);
    await settled();
    expect([seen, processor.ready]).toEqual([['assigned, owned: true', 'a'], true]);
    await processor.stop(0);
  });
});
