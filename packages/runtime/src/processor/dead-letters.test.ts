import { SyncError, drop, topics } from '@sync/core';
import { SERVICE, settled } from '../memory/harness.ts';
import { DEAD, sampleServices } from '../testing/sample-service.ts';

const { rawHeartbeat } = topics;
const services = sampleServices();
const unreadable = new SyncError('RECORD_UNREADABLE', 'parsing: not JSON');

describe('a dead letter', () => {
  it('is the record byte for byte, with whence, why and when in headers', async () => {
    const h = await services.run(() => Promise.reject(unreadable));
    const [key, value] = [Buffer.from([9, 200]), Buffer.from([0, 255, 1, 254])];
    const headers = { h: Buffer.from([7]) };
    h.broker.append({ topic: rawHeartbeat.name, partition: 0, key, value, headers });
    await settled();
    const [dead] = h.broker.records(DEAD);
    expect([dead?.key, dead?.value, dead?.headers['h']]).toEqual([key, value, headers.h]);
    const texts = Object.entries(dead?.headers ?? {}).map(([name, bytes]) => [name, bytes.toString()]);
    expect(Object.fromEntries(texts)).toMatchObject({
      'dlq-code': 'RECORD_UNREADABLE',
      'dlq-reason': 'parsing: not JSON',
      'dlq-service': SERVICE,
      'dlq-topic': rawHeartbeat.name,
      'dlq-partition': '0',
      'dlq-offset': '0',
      'dlq-timestamp': '0',
      'dlq-attempts': '1',
      'dlq-first-seen': '1970-01-01T00:00:00.000Z',
      'dlq-at': '1970-01-01T00:00:00.000Z',
    });
    await h.commit();
    expect(h.committed(rawHeartbeat, 0)).toBe(1n);
  });

  it('tells a long reason in short, so that it fits its topic', async () => {
    const h = await services.run(async () => ({
      kind: 'deadLetter',
      code: 'X',
      reason: 'x'.repeat(900_000),
    }));
    h.append(rawHeartbeat, 'a', '?');
    await settled();
    const [dead] = h.broker.records(DEAD);
    expect(dead?.headers['dlq-reason']?.length).toBe(1_000);
  });

  it('is acknowledged before its record counts as done', async () => {
    const h = await services.run(() => Promise.reject(unreadable));
    h.broker.sendFailure = new SyncError('KAFKA_UNAVAILABLE', 'sending: no answer', { retryAfterMs: 1 });
    h.append(rawHeartbeat, 'a', '?');
    await h.until(() => h.waits > 5);
    await h.commit();
    expect(h.committed(rawHeartbeat, 0)).toBe(0n);
    h.broker.sendFailure = null;
    await h.until(() => h.broker.records(DEAD).length === 1);
    await settled();
    await h.commit();
    expect(h.committed(rawHeartbeat, 0)).toBe(1n);
  });

  it('holds up nothing, not even its key', async () => {
    const seen: string[] = [];
    const h = await services.run(async (record) => {
      if (String(record.value) === '?') throw unreadable;
      seen.push(String(record.value));
      return drop('test');
    });
    for (const value of ['1', '?', '2']) h.append(rawHeartbeat, 'a', value);
    await settled();
    expect([seen, h.broker.records(DEAD).length]).toEqual([['1', '2'], 1]);
  });
});

it('too many dead letters in a row end the service', async () => {
  const h = await services.run(async () => ({ kind: 'deadLetter', code: 'X', reason: 'x' }), {
    deadLetterLimit: 2,
  });
  for (const key of ['a', 'b', 'c']) h.append(rawHeartbeat, key, '1');
  await settled();
  expect(h.crashes).toEqual([expect.objectContaining({ code: 'DEAD_LETTER_LIMIT' })]);
});
