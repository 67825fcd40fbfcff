import { SyncError, defineTopology, drop, emit, to, topics, type Outcome } from '@sync/core';
import { SERVICE, settled, type Harness } from '../memory/harness.ts';
import { sampleServices } from '../testing/sample-service.ts';
import { homeOf } from './context.ts';

const { raw, rawHeartbeat, twentyResults, notifications, writes } = topics;
const topology = defineTopology({
  name: SERVICE,
  doc: '',
  reads: [raw, rawHeartbeat],
  writes: [twentyResults],
});
const ignored = async (): Promise<Outcome> => drop('test');

const { make: harness } = sampleServices();

describe('enqueued work', () => {
  const tells = (h: Harness, key: string) => async (): Promise<Outcome> =>
    emit([to(twentyResults, key, h.result('x'))]);

  it('is given up, running or queued, when the partition of its key is lost', async () => {
    const first = harness(topology);
    await first.start(ignored);
    const [stays, moves] = [first.keyIn(raw, 0), first.keyIn(raw, 1)];
    const slow = Promise.withResolvers<undefined>();
    let queuedRan = false;
    for (const key of [stays, moves])
      first.context().enqueue(key, async () => (await slow.promise, tells(first, key)()));
    first.context().enqueue(moves, async () => ((queuedRan = true), drop('test')));
    await settled();
    await harness(topology, { broker: first.broker }).start(ignored);
    await settled();
    slow.resolve(undefined);
    await settled();
    expect([first.keysOf(twentyResults), queuedRan, first.crashes]).toEqual([[stays], false, []]);
  });

  it('that waits is given up with its partition', async () => {
    const first = harness(topology);
    await first.start(ignored);
    let tries = 0;
    first.context().enqueue(first.keyIn(raw, 1), async () => {
      tries++;
      throw new SyncError('GRAPH_UNAVAILABLE', 'reading: no answer', { retryAfterMs: 3_600_000 });
    });
    await settled();
    await harness(topology, { broker: first.broker }).start(ignored);
    await settled();
    expect([tries, first.crashes]).toEqual([1, []]);
    await first.stop();
  });

  it('is not taken while the partition is another instance’s, by the partition key if there is one', async () => {
    const first = harness(topology);
    await first.start(ignored);
    await harness(topology, { broker: first.broker }).start(ignored);
    await settled();
    const [ours, theirs] = [first.keyIn(raw, 0), first.keyIn(raw, 1)];
    first.context().enqueue(theirs, tells(first, 'by its key'));
    first.context().enqueue(ours, tells(first, 'by another key'), theirs);
    first.context().enqueue(theirs, tells(first, 'taken'), ours);
    await settled();
    expect(first.keysOf(twentyResults)).toEqual(['taken']);
  });
});

describe('homeOf', () => {
  const counts = new Map([[notifications.name, 7]]);
  it('is the partition of the first topic read', () => {
    expect(homeOf([notifications, writes.p0], counts, 'tenant')?.topic).toBe(notifications.name);
    expect(homeOf([notifications], counts, 'tenant')?.partition).toBeLessThan(7);
  });

  it('is nowhere when nothing is read', () => {
    expect(homeOf([], counts, 'tenant')).toBeUndefined();
  });
});

describe('onReady', () => {
  it('comes after the restore of the tables, once, before partitions and records', async () => {
    const keeping = defineTopology({ ...topology, tables: [topics.cursors] });
    const writer = harness(defineTopology({ name: 'list-keeper', doc: '', writes: [topics.cursors] }));
    await writer.start(ignored);
    await writer.context().send([to(topics.cursors, 'c', { deltaLink: 'x', round: 1, readAt: 1 })]);
    const h = harness(keeping, { broker: writer.broker });
    h.append(rawHeartbeat, 'a', '1');
    const seen: unknown[] = [];
    await h.start(
      async () => (seen.push('record'), drop('test')),
      (context) => {
        const table = context.table(topics.cursors);
        context.onReady(() => seen.push(table.get('c')?.round));
        context.onAssigned(() => seen.push('assigned'));
      },
    );
    await settled();
    expect(seen).toEqual([1, 'assigned', 'record']);
  });
});
