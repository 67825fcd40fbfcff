import { SyncError, drop, emit, to, topics } from '@sync/core';
import { settled } from '../memory/harness.ts';
import { gate, mapping, sampleServices } from '../testing/sample-service.ts';

const { raw, rawHeartbeat, sharepointResults, twentyResults, mappings } = topics;
const services = sampleServices();

describe('a processor', () => {
  it('keeps the order of a key and runs keys side by side', async () => {
    const [first, seen] = [gate(), [] as string[]];
    const h = await services.run(async (record) => {
      if (String(record.value) === 'a1') await first.opened;
      seen.push(String(record.value));
      return drop('test');
    });
    for (const value of ['a1', 'a2', 'b1']) h.append(raw, value.slice(0, 1), value);
    await settled();
    expect(seen).toEqual(['b1']);
    first.open();
    await settled();
    expect(seen).toEqual(['b1', 'a1', 'a2']);
  });

  it('commits only what has nothing undone before it, dropped records included', async () => {
    const slow = gate();
    const h = await services.run(async (record) => {
      if (String(record.value) === 'slow') await slow.opened;
      return drop('test');
    });
    for (const value of ['quick', 'slow', 'also quick']) h.append(rawHeartbeat, value, value);
    await settled();
    await h.commit();
    expect(h.committed(rawHeartbeat, 0)).toBe(1n);
    slow.open();
    await settled();
    await h.commit();
    expect(h.committed(rawHeartbeat, 0)).toBe(3n);
  });

  it('commits over offsets that hold no record, at the end of the log too', async () => {
    const h = await services.run(async () => drop('test'));
    h.append(rawHeartbeat, 'a', '1');
    h.broker.partition({ topic: rawHeartbeat.name, partition: 0 }).skip();
    // The log tells of a gap only with the next record of any partition.
    h.append(raw, 'a', '1');
    await settled();
    await h.commit();
    expect(h.committed(rawHeartbeat, 0)).toBe(2n);
  });

  it('sends a stage only after the one before was acknowledged', async () => {
    const h = await services.run(async (record) =>
      emit([to(mappings, record.key, mapping('1'))], [to(twentyResults, record.key, h.result('x'))]),
    );
    h.broker.sendFailure = new SyncError('KAFKA_UNAVAILABLE', 'sending: no answer', { retryAfterMs: 1 });
    h.append(raw, 'a', '1');
    await h.until(() => h.waits > 5);
    h.broker.sendFailure = null;
    await h.until(() => h.broker.requests.length === 2);
    const topicsSent = h.broker.requests.map((request) => request.map((one) => one.topic));
    // Every failed request was for the first stage: one entry per try and stage, or two tries would have failed at a time.
    expect([topicsSent, h.broker.refused]).toEqual([
      [[mappings.name], [twentyResults.name]],
      Array(h.waits).fill(mappings.name),
    ]);
  });

  it('crashes on a bug and commits nothing past it', async () => {
    const h = await services.run(async (record) => {
      if (record.key === 'b') throw new TypeError('a bug');
      return drop('test');
    });
    for (const key of ['a', 'b', 'c']) h.append(rawHeartbeat, key, '1');
    await settled();
    await h.commit();
    expect([h.crashes.map(String), h.committed(rawHeartbeat, 0)]).toEqual([['TypeError: a bug'], 1n]);
  });

  it('runs enqueued work in the lane of its key', async () => {
    const [slow, seen] = [gate(), [] as string[]];
    const h = await services.run(async (record) => {
      await slow.opened;
      seen.push(record.key);
      return drop('test');
    });
    h.append(raw, 'a', '1');
    await settled();
    h.context().enqueue('a', async () => (seen.push('enqueued a'), drop('test')));
    h.context().enqueue(
      'b',
      async () => (seen.push('enqueued b'), emit([to(twentyResults, 'b', h.result('b'))])),
    );
    await settled();
    expect(seen).toEqual(['enqueued b']);
    slow.open();
    await settled();
    expect([seen, h.keysOf(twentyResults)]).toEqual([['enqueued b', 'a', 'enqueued a'], ['b']]);
  });

  it('refuses to send to a topic that is not declared', async () => {
    const h = await services.run(async (record) => emit([to(sharepointResults, record.key, h.result('x'))]));
    h.append(raw, 'a', '1');
    await settled();
    expect(h.crashes.map(String)).toEqual([expect.stringContaining("not declared in the topology's writes")]);
  });
});

describe('a stop', () => {
  it('ends what runs, gives up what waits, and commits', async () => {
    const slow = gate();
    const h = await services.run(async (record) => {
      if (record.key === 'waits')
        throw new SyncError('GRAPH_THROTTLED', 'writing: 429', { retryAfterMs: 60_000 });
      await slow.opened;
      return emit([to(twentyResults, record.key, h.result('x'))]);
    });
    for (const key of ['runs', 'waits']) h.append(rawHeartbeat, key, '1');
    await settled();
    const stopped = h.stop();
    slow.open();
    await stopped;
    expect([h.keysOf(twentyResults), h.committed(rawHeartbeat, 0), h.crashes]).toEqual([['runs'], 1n, []]);
  });

  it('ends at its limit though work does not, and commits nothing that is not done', async () => {
    const h = await services.run(
      async (record) => {
        if (record.key === 'hangs') await new Promise(() => undefined);
        return drop('test');
      },
      { drainMs: 5 },
    );
    for (const key of ['done', 'hangs', 'later']) h.append(rawHeartbeat, key, '1');
    await settled();
    await h.stop();
    expect(h.committed(rawHeartbeat, 0)).toBe(1n);
  });
});
