import { SyncError, deadLetterTopic, defineTopology, drop, emit, to, topics, type Outcome } from '@sync/core';
import { SERVICE, harness as makeHarness, settled, type Harness } from '../memory/harness.ts';
import type { InRecord } from '../service/contract.ts';

const { sharepointResults, twentyResults, mappings, records, twentyWrites } = topics;
const topology = defineTopology({
  name: SERVICE,
  doc: '',
  reads: [topics.raw, topics.rawHeartbeat],
  keeps: [mappings],
  writes: [twentyResults],
});
const DEAD = deadLetterTopic(SERVICE).name;

const mapping = (itemId: string): never =>
  ({
    workspaceId: 'w',
    object: 'company',
    recordId: 'r',
    tenantId: 't',
    siteId: 's',
    listId: 'l',
    itemId,
    etag: null,
    status: 'synced',
    lastSyncedAt: null,
    lastSide: 'twenty',
    error: null,
  }) as never;

// A test that fails must not leave a service running.
const started: Harness[] = [];
afterEach(() => Promise.all(started.splice(0).map((one) => one.stop())));

function harness(...given: Parameters<typeof makeHarness>): Harness {
  const made = makeHarness(...given);
  started.push(made);
  return made;
}

/** A promise with its switch. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

async function running(
  process: (record: InRecord, h: Harness) => Promise<Outcome>,
  options = {},
): Promise<Harness> {
  const h = harness(topology, options);
  await h.start((record) => process(record, h));
  return h;
}

describe('a processor', () => {
  it('keeps the order of a key and runs keys side by side', async () => {
    const [first, seen] = [gate(), [] as string[]];
    const h = await running(async (record) => {
      if (String(record.value) === 'a1') await first.opened;
      seen.push(String(record.value));
      return drop('test');
    });
    for (const [key, value] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
    ] as const)
      h.append(topics.raw, key, value);
    await settled();
    expect(seen).toEqual(['b1']);
    first.open();
    await settled();
    expect(seen).toEqual(['b1', 'a1', 'a2']);
  });

  it('commits only what has nothing undone before it, dropped records included', async () => {
    const slow = gate();
    const h = await running(async (record) => {
      if (String(record.value) === 'slow') await slow.opened;
      return drop('test');
    });
    h.append(topics.rawHeartbeat, 'a', 'quick');
    h.append(topics.rawHeartbeat, 'b', 'slow');
    h.append(topics.rawHeartbeat, 'c', 'quick');
    await settled();
    await h.commit();
    expect(h.committed(topics.rawHeartbeat, 0)).toBe(1n);
    slow.open();
    await settled();
    await h.commit();
    expect(h.committed(topics.rawHeartbeat, 0)).toBe(3n);
  });

  it('waits out an outage without counting, while other keys go on', async () => {
    let healthy = false;
    const h = await running(async (record) => {
      if (!healthy && record.key === 'a')
        throw new SyncError('GRAPH_UNAVAILABLE', 'reading: no answer', { retryAfterMs: 1 });
      return emit([to(twentyResults, record.key, h.result(record.key))]);
    });
    h.append(topics.raw, 'a', '1');
    h.append(topics.raw, 'b', '1');
    await h.until(() => h.waits > 20);
    expect(h.keysOf(twentyResults)).toEqual(['b']);
    healthy = true;
    await h.until(() => h.keysOf(twentyResults).length === 2);
    expect([h.broker.records(DEAD), h.crashes]).toEqual([[], []]);
  });

  it('does not process again what only could not be sent', async () => {
    let processed = 0;
    const h = await running(
      async (record) => (processed++, emit([to(twentyResults, record.key, h.result('x'))])),
    );
    h.broker.sendFailure = new SyncError('KAFKA_UNAVAILABLE', 'sending: no answer', { retryAfterMs: 1 });
    h.append(topics.raw, 'a', '1');
    await h.until(() => h.waits > 5);
    h.broker.sendFailure = null;
    await h.until(() => h.keysOf(twentyResults).length === 1);
    expect(processed).toBe(1);
  });

  it('sends a stage only after the one before was acknowledged', async () => {
    const h = await running(async (record) =>
      emit([to(mappings, record.key, mapping('1'))], [to(twentyResults, record.key, h.result('x'))]),
    );
    h.append(topics.raw, 'a', '1');
    await settled();
    expect(h.broker.requests.map((request) => request.map((one) => one.topic))).toEqual([
      [mappings.name],
      [twentyResults.name],
    ]);
  });

  it('dead-letters byte for byte, with the reason in headers', async () => {
    const h = await running(async () => {
      throw new SyncError('RECORD_UNREADABLE', 'parsing: not JSON');
    });
    const bytes = Buffer.from([0, 255, 1, 254]);
    h.broker.append({
      topic: topics.rawHeartbeat.name,
      partition: 0,
      key: Buffer.from([9, 200]),
      value: bytes,
      headers: { h: Buffer.from([7]) },
    });
    await settled();
    const [dead] = h.broker.records(DEAD);
    expect([dead?.key, dead?.value, dead?.headers['h']]).toEqual([
      Buffer.from([9, 200]),
      bytes,
      Buffer.from([7]),
    ]);
    const header = (name: string): string | undefined => dead?.headers[name]?.toString();
    expect(
      [
        'dlq-code',
        'dlq-reason',
        'dlq-service',
        'dlq-topic',
        'dlq-partition',
        'dlq-offset',
        'dlq-attempts',
      ].map(header),
    ).toEqual(['RECORD_UNREADABLE', 'parsing: not JSON', SERVICE, topics.rawHeartbeat.name, '0', '0', '1']);
    await h.commit();
    expect(h.committed(topics.rawHeartbeat, 0)).toBe(1n);
  });

  it('stops at too many dead letters in a row', async () => {
    const h = await running(async () => ({ kind: 'deadLetter', code: 'X', reason: 'x' }), {
      deadLetterLimit: 2,
    });
    for (const key of ['a', 'b', 'c']) h.append(topics.rawHeartbeat, key, '1');
    await settled();
    expect(h.crashes).toEqual([expect.objectContaining({ code: 'DEAD_LETTER_LIMIT' })]);
  });

  it('crashes on a bug and commits nothing past it', async () => {
    const h = await running(async (record) => {
      if (record.key === 'b') throw new TypeError('a bug');
      return drop('test');
    });
    for (const key of ['a', 'b', 'c']) h.append(topics.rawHeartbeat, key, '1');
    await settled();
    await h.commit();
    expect([h.crashes.map(String), h.committed(topics.rawHeartbeat, 0)]).toEqual([['TypeError: a bug'], 1n]);
  });

  it('runs enqueued work in the lane of its key', async () => {
    const [slow, seen] = [gate(), [] as string[]];
    const h = await running(async (record) => {
      await slow.opened;
      seen.push(record.key);
      return drop('test');
    });
    h.append(topics.raw, 'a', '1');
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
    const h = await running(async (record) => emit([to(sharepointResults, record.key, h.result('x'))]));
    h.append(topics.raw, 'a', '1');
    await settled();
    expect(h.crashes.map(String)).toEqual([expect.stringContaining("not declared in the topology's writes")]);
  });

  it('stops reading a partition whose queue is long, and goes on later', async () => {
    const [slow, counter] = [gate(), { most: 0, done: 0 }];
    const h = await running(async () => {
      await slow.opened;
      counter.done++;
      return drop('test');
    });
    for (let n = 0; n < 1_500; n++) h.append(topics.rawHeartbeat, `k${n % 7}`, '1');
    await settled();
    for (let n = 0; n < 500; n++) h.append(topics.rawHeartbeat, `k${n % 7}`, '1');
    await settled();
    expect(h.taken(topics.rawHeartbeat)).toBe(1_500);
    slow.open();
    await h.until(() => counter.done === 2_000);
  });
});

describe('a stop', () => {
  it('ends what runs, gives up what waits, and commits', async () => {
    const slow = gate();
    const h = await running(async (record) => {
      if (record.key === 'waits')
        throw new SyncError('GRAPH_THROTTLED', 'writing: 429', { retryAfterMs: 60_000 });
      await slow.opened;
      return emit([to(twentyResults, record.key, h.result('x'))]);
    });
    h.append(topics.rawHeartbeat, 'runs', '1');
    h.append(topics.rawHeartbeat, 'waits', '1');
    await settled();
    const stopped = h.stop();
    slow.open();
    await stopped;
    expect([h.keysOf(twentyResults), h.committed(topics.rawHeartbeat, 0), h.crashes]).toEqual([
      ['runs'],
      1n,
      [],
    ]);
  });
});

describe('state', () => {
  it('is restored before the first record, and from acknowledged sends at once', async () => {
    const before = harness(topology);
    await before.start(async (record) => emit([to(mappings, record.key, mapping('7'))]));
    before.append(topics.raw, 'a', '1');
    await settled();
    expect(before.context().store(mappings).get('a')).toMatchObject({ itemId: '7' });
    await before.stop();

    const after = harness(topology, { broker: before.broker });
    const seen: unknown[] = [];
    after.append(topics.raw, 'a', '2');
    await after.start(
      async (record) => (seen.push(after.context().store(mappings).get(record.key)), drop('test')),
    );
    await settled();
    expect(seen).toEqual([expect.objectContaining({ itemId: '7' })]);
  });

  it('tells newly owned partitions before their first record', async () => {
    const h = harness(topology);
    const seen: unknown[] = [];
    h.append(topics.rawHeartbeat, 'a', '1');
    await h.start(
      async () => (seen.push('record'), drop('test')),
      (context) => context.onAssigned((partitions) => seen.push(partitions)),
    );
    await settled();
    expect(seen).toEqual([[0, 1, 2, 3], 'record']);
  });
});

describe('a rebalance', () => {
  it('takes no work twice where the partition stays, and sends nothing more where it is lost', async () => {
    const slow = gate();
    const first = harness(topology);
    const processed: string[] = [];
    await first.start(async (record) => {
      processed.push(record.key);
      await slow.opened;
      return emit([to(twentyResults, `first ${record.key}`, first.result('x'))]);
    });
    const [stays, moves] = [first.keyIn(topics.raw, 0), first.keyIn(topics.raw, 1)];
    first.append(topics.raw, stays, '1');
    first.append(topics.raw, moves, '1');
    await settled();
    const second = harness(topology, { broker: first.broker });
    await second.start(async (record) =>
      emit([to(twentyResults, `second ${record.key}`, second.result('x'))]),
    );
    await settled();
    slow.open();
    await settled();
    expect(processed).toEqual([stays, moves]);
    expect(first.keysOf(twentyResults).sort()).toEqual([`first ${stays}`, `second ${moves}`]);
    expect([first.context().owns(records, stays), first.context().owns(twentyWrites, moves)]).toEqual([
      true,
      false,
    ]);
  });
});
