/** A key that waits is parked in its lane: nothing of it is overtaken, nothing else is held up, nothing is counted. */
import { SyncError, drop, emit, to, topics } from '@sync/core';
import { settled } from '../memory/harness.ts';
import { DEAD, gate, sampleServices } from '../testing/sample-service.ts';

const { raw, rawHeartbeat, twentyResults } = topics;
const services = sampleServices();
const outage = new SyncError('GRAPH_UNAVAILABLE', 'reading: no answer', { retryAfterMs: 1 });

it('an outage is waited out without counting, in order, while other keys go on', async () => {
  const seen: string[] = [];
  let healthy = false;
  const h = await services.run(async (record) => {
    if (!healthy && record.key === 'a') throw outage;
    seen.push(String(record.value));
    return drop('test');
  });
  for (const value of ['a1', 'b1', 'a2', 'b2']) h.append(raw, value.slice(0, 1), value);
  await h.until(() => h.waits > 20);
  expect(seen).toEqual(['b1', 'b2']);
  healthy = true;
  await h.until(() => seen.length === 4);
  expect(seen).toEqual(['b1', 'b2', 'a1', 'a2']);
  expect([h.broker.records(DEAD), h.crashes]).toEqual([[], []]);
});

it('what only could not be sent is not processed again', async () => {
  let processed = 0;
  const h = await services.run(
    async (record) => (processed++, emit([to(twentyResults, record.key, h.result('x'))])),
  );
  h.broker.sendFailure = new SyncError('KAFKA_UNAVAILABLE', 'sending: no answer', { retryAfterMs: 1 });
  h.append(raw, 'a', '1');
  await h.until(() => h.waits > 5);
  h.broker.sendFailure = null;
  await h.until(() => h.keysOf(twentyResults).length === 1);
  expect(processed).toBe(1);
});

describe('back-pressure', () => {
  it('stops reading a partition whose queue is long, and goes on later', async () => {
    const [slow, counter] = [gate(), { done: 0 }];
    const h = await services.run(async () => {
      await slow.opened;
      counter.done++;
      return drop('test');
    });
    for (let n = 0; n < 1_500; n++) h.append(rawHeartbeat, `k${n % 7}`, '1');
    await settled();
    for (let n = 0; n < 500; n++) h.append(rawHeartbeat, `k${n % 7}`, '1');
    await settled();
    expect(h.taken(rawHeartbeat)).toBe(1_500);
    slow.open();
    await h.until(() => counter.done === 2_000);
  });

  it('holds over a rebalance that leaves the partition here', async () => {
    const slow = gate();
    const first = await services.run(async () => (await slow.opened, drop('test')));
    for (let n = 0; n < 1_200; n++) first.append(rawHeartbeat, `k${n % 7}`, '1');
    await settled();
    await services.run(async () => drop('test'), { broker: first.broker });
    first.append(rawHeartbeat, 'later', '1');
    await settled();
    expect(first.taken(rawHeartbeat)).toBe(1_200);
    slow.open();
    await first.until(() => first.taken(rawHeartbeat) === 1_201);
  });
});
