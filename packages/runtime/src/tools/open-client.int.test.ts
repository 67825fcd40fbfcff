import { to } from '@sync/core';
import { partitionOf } from '../partition/murmur2.ts';
import { required } from '../testing/environment.ts';
import { openClient } from './open-client.ts';
import { cursor, eventually, output, realServices } from '../testing/real-services.ts';

const client = realServices();

describe('a client', () => {
  it('reads back what it sent, where the Java producer would have put it', async () => {
    const keys = Array.from({ length: 20 }, (_, n) => `k${n}`);
    await client().send(keys.map((key) => to(output, key, cursor(Number(key.slice(1))))));
    const read = await client().readAll(output);
    expect(read.map((one) => one.key).sort()).toEqual(keys.sort());
    for (const { key, partition, value } of read)
      expect([key, partition, value]).toEqual([key, partitionOf(key, 2), cursor(Number(key.slice(1)))]);
  });

  it('leaves out what nobody can decode when somebody hears of it, and ends with the error else', async () => {
    const topic = output.name;
    const bytes = (text: string) => Buffer.from(text);
    await client().sendRaw([
      { topic, partition: 0, key: bytes('bad'), value: bytes('no Avro'), headers: {} },
    ]);
    await client().send([to(output, 'good', cursor(7))]);
    const left: string[] = [];
    const tolerant = await openClient({
      brokers: required('SYNC_KAFKA_BROKERS').split(','),
      registryUrl: required('SYNC_REGISTRY_URL'),
      onUnreadable: (where, reason) => left.push(`${where} ${reason}`),
    });
    expect((await tolerant.readAll(output)).map(({ key }) => key)).toContain('good');
    await tolerant.close();
    expect(left).toEqual([expect.stringMatching(new RegExp(`^${topic}/0/\\d+ .*zero byte`))]);
    await expect(client().readAll(output)).rejects.toMatchObject({ code: 'RECORD_UNREADABLE' });
  });

  it('follows from the end of now', async () => {
    const seen: string[] = [];
    const stop = await client().follow(output, (record) => seen.push(record.key));
    await client().send([to(output, 'new', cursor(1))]);
    await eventually(() => seen.length > 0);
    expect(seen).toEqual(['new']);
    await stop();
  });
});
