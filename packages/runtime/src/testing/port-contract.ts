/** What every implementation of the ports promises, as tests. It runs on the broker in memory and on a real one. */
import { randomUUID } from 'node:crypto';
import type { EncodedRecord, RecordSink } from '../ports.ts';
import { nameOf, startMember, until, type Member, type PortRig } from './port-rig.ts';

interface Bench {
  readonly rig: PortRig;
  readonly group: string;
  member(
    ...given: [group: string | null, topics: readonly string[], from?: Parameters<typeof startMember>[3]]
  ): Promise<Member>;
  /** Sends one record per text. */
  send(topic: string, partition: number, ...texts: string[]): Promise<readonly bigint[]>;
  reached(reached: () => boolean | Promise<boolean>): Promise<void>;
}

export function describePorts(name: string, open: () => Promise<PortRig>): void {
  describe(`the ports of ${name}`, () => {
    let rig: PortRig;
    let sink: RecordSink;
    const members: Member[] = [];
    beforeAll(async () => {
      rig = await open();
      sink = await rig.broker.sink();
    });
    afterEach(async () => {
      const [crashes, sources] = [members.flatMap((one) => one.crashes), members.splice(0)];
      await Promise.all(sources.map((one) => one.source.stop()));
      expect(crashes).toEqual([]);
    });
    afterAll(async () => {
      await sink.close();
      await rig.close();
    });

    const bench = (): Bench => ({
      rig,
      group: `contract-${randomUUID()}`,
      member: async (...given) => {
        const made = await startMember(rig, ...given);
        members.push(made);
        return made;
      },
      send: (topic, partition, ...texts) => sink.send(texts.map((text) => record(topic, partition, text))),
      reached: (reached) => until(rig, reached),
    });

    sending(bench, () => sink);
    reading(bench);
    groups(bench);
    logs(bench);
  });
}

function record(topic: string, partition: number, text: string): EncodedRecord {
  return { topic, partition, key: Buffer.from('k'), value: Buffer.from(text), headers: {} };
}

const numbers = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, n) => String(from + n));

function sending(bench: () => Bench, sink: () => RecordSink): void {
  test('concurrent sends keep their order, and each learns its offsets', async () => {
    const { rig, member, reached } = bench();
    const topic = await rig.topic(1);
    const pairs = numbers(200).map((n) => [record(topic, 0, `${n}a`), record(topic, 0, `${n}b`)]);
    const offsets = await Promise.all(pairs.map((pair) => sink().send(pair)));
    expect(offsets.flat()).toEqual(Array.from({ length: 400 }, (_, n) => BigInt(n)));
    const reader = await member(null, [topic]);
    await reached(() => reader.records.length === 400);
    expect(reader.texts()).toEqual(numbers(200).flatMap((n) => [`${n}a`, `${n}b`]));
    expect(reader.records.map((one) => one.offset)).toEqual(offsets.flat());
  });

  test('one send goes to several partitions and topics; offsets come in the order given', async () => {
    const { rig, send } = bench();
    const [first, second] = [await rig.topic(2), await rig.topic(1)];
    await send(first, 1, 'before');
    const sent = [
      record(first, 1, 'x'),
      record(second, 0, 'y'),
      record(first, 0, 'z'),
      record(first, 1, 'w'),
    ];
    expect(await sink().send(sent)).toEqual([1n, 0n, 0n, 2n]);
  });

  test('bytes come back as they went: tombstones, empty values, keys that are null, binary headers', async () => {
    const { rig, member, reached } = bench();
    const topic = await rig.topic(1);
    const sent = [
      {
        topic,
        partition: 0,
        key: Buffer.from([0, 255]),
        value: null,
        headers: { h: Buffer.from([1, 0, 254]) },
      },
      { topic, partition: 0, key: null, value: Buffer.alloc(0), headers: {} },
    ];
    await sink().send(sent);
    const reader = await member(null, [topic]);
    await reached(() => reader.records.length === 2);
    expect(reader.records).toMatchObject(sent);
  });

  test('a burst that takes many requests keeps its order', async () => {
    const { rig, member, reached } = bench();
    const topic = await rig.topic(2);
    const large = (n: number) => record(topic, n % 2, `${n} ${'x'.repeat(60_000)}`);
    const offsets = await Promise.all(numbers(40).map((n) => sink().send([large(Number(n))])));
    expect(offsets.flat()).toEqual(numbers(40).map((n) => BigInt(Math.floor(Number(n) / 2))));
    const reader = await member(null, [topic]);
    await reached(() => reader.records.length === 40);
    const begins = reader.texts().map((text) => Number(text.split(' ')[0]));
    expect(begins.filter((n) => n % 2 === 0)).toEqual(numbers(20).map((n) => 2 * Number(n)));
    expect(begins.filter((n) => n % 2 === 1)).toEqual(numbers(20).map((n) => 2 * Number(n) + 1));
  });

  test('of sends at once, those that fail take no other’s place: what is acknowledged lies where it was said', async () => {
    const { rig, send, member, reached } = bench();
    const topic = await rig.topic(1);
    // Whoever shares a request with one that fails is told of an outage too, and tries again.
    const untilDone = async (text: string): Promise<bigint | undefined> => {
      try {
        return (await send(topic, 0, text))[0];
      } catch (error) {
        expect(error).toMatchObject({ code: 'KAFKA_UNAVAILABLE' });
        return untilDone(text);
      }
    };
    const failing = [send(topic, 0, 'x'.repeat(3_000_000)), send(`missing.${randomUUID()}`, 0, 'x')];
    const offsets = await Promise.all(numbers(20).map(untilDone));
    for (const { status } of await Promise.allSettled(failing)) expect(status).toBe('rejected');
    const reader = await member(null, [topic]);
    await reached(() => reader.records.length >= 20);
    const textAt = new Map(reader.records.map(({ offset, value }) => [offset, String(value)]));
    expect(offsets.map((offset) => textAt.get(offset ?? -1n))).toEqual(numbers(20));
  });

  test('a record that is not acknowledged is told as an outage, and the next send goes through', async () => {
    const { rig, send } = bench();
    const topic = await rig.topic(1);
    await expect(send(topic, 0, 'x'.repeat(3_000_000))).rejects.toMatchObject({ code: 'KAFKA_UNAVAILABLE' });
    expect(await send(topic, 0, 'small')).toEqual([0n]);
  });
}

function reading(bench: () => Bench): void {
  test.each([
    ['in a group', true],
    ['alone', false],
  ])('reading %s begins exactly at the positions asked for', async (_, grouped) => {
    const { rig, group, member, send, reached } = bench();
    const topic = await rig.topic(2);
    await send(topic, 0, ...numbers(5));
    await send(topic, 1, ...numbers(5, 10));
    const from = [
      { topic, partition: 0, offset: 3n },
      { topic, partition: 1, offset: 5n },
    ];
    const reader = await member(grouped ? group : null, [topic], from);
    await reached(() => reader.records.length >= 2);
    await send(topic, 1, 'later');
    await reached(() => reader.records.length >= 3);
    expect(reader.texts()).toEqual(['3', '4', 'later']);
  });

  test('a paused partition is silent while others go on, and loses nothing', async () => {
    const { rig, group, member, send, reached } = bench();
    const topic = await rig.topic(2);
    const reader = await member(group, [topic]);
    await reached(() => reader.owned().length === 2);
    await send(topic, 0, 'a');
    await reached(() => reader.records.length === 1);
    reader.source.pause([{ topic, partition: 0 }]);
    // The fetch that is under way may still bring this one.
    await send(topic, 0, 'b');
    for (const text of ['1', '2', '3']) {
      await send(topic, 1, text);
      await reached(() => reader.texts().includes(text));
    }
    await send(topic, 0, 'c');
    for (const text of ['4', '5', '6']) {
      await send(topic, 1, text);
      await reached(() => reader.texts().includes(text));
    }
    expect(reader.texts()).not.toContain('c');
    reader.source.resume([{ topic, partition: 0 }]);
    await reached(() => reader.texts().includes('c'));
    expect(reader.texts().filter((text) => /[abc]/.test(text))).toEqual(['a', 'b', 'c']);
  });

  test('who reads alone has all partitions, whatever others do, and is heard of as alive', async () => {
    const { rig, member, send, reached } = bench();
    const topic = await rig.topic(2);
    await send(topic, 0, 'a');
    await send(topic, 1, 'b');
    const [first, second] = [await member(null, [topic]), await member(null, [topic])];
    await reached(() => first.records.length === 2 && second.records.length === 2);
    expect([first.owned().length, second.owned().length, first.alive > 0]).toEqual([2, 2, true]);
  });
}

function groups(bench: () => Bench): void {
  test('what was not committed comes again to whoever comes next', async () => {
    const { rig, group, member, send, reached } = bench();
    const topic = await rig.topic(1);
    await send(topic, 0, ...numbers(3));
    const first = await member(group, [topic]);
    await reached(() => first.records.length === 3);
    await first.source.stop();
    const second = await member(group, [topic]);
    await reached(() => second.records.length === 3);
    expect(second.texts()).toEqual(first.texts());
  });

  test('a committed position is where the next one goes on', async () => {
    const { rig, group, member, send, reached } = bench();
    const topic = await rig.topic(1);
    await send(topic, 0, ...numbers(3));
    const first = await member(group, [topic]);
    await reached(() => first.records.length === 3);
    await first.source.commit([{ topic, partition: 0, offset: 2n }]);
    expect(await rig.committed(group, topic)).toEqual(new Map([[nameOf({ topic, partition: 0 }), 2n]]));
    await first.source.stop();
    const second = await member(group, [topic]);
    await reached(() => second.records.length > 0);
    expect([second.texts(), second.sameMember]).toEqual([['2'], [false]]);
  });

  test('two members share all partitions, one number of all topics in one hand, and nothing is missed', async () => {
    const { rig, group, member, send, reached } = bench();
    // With an odd number, dealing them out topic by topic would tear the numbers apart.
    const topics = [await rig.topic(3), await rig.topic(3)];
    const all = topics.flatMap((topic) => [0, 1, 2].map((partition) => ({ topic, partition })));
    const first = await member(group, topics);
    await reached(() => first.owned().length === 6);
    const second = await member(group, topics);
    await reached(() => first.owned().length < 6 && second.owned().length > 0);
    expect([...first.owned(), ...second.owned()].sort()).toEqual(all.map(nameOf).sort());
    const numbersOf = (one: Member, topic?: string) =>
      one.owned().flatMap((name) => (name.startsWith(`${topic}|`) ? [name.split('|')[1]] : []));
    expect(numbersOf(first, topics[0])).toEqual(numbersOf(first, topics[1]));
    for (const at of all) await send(at.topic, at.partition, nameOf(at));
    await reached(() => first.records.length + second.records.length >= 6);
    expect([first.texts().sort(), second.texts().sort()]).toEqual([first.owned(), second.owned()]);
    expect(first.sameMember.slice(0, 2)).toEqual([false, true]);
  });

  test('a partition that was paused, lost and given back is read on', async () => {
    const { rig, group, member, send, reached } = bench();
    const topic = await rig.topic(2);
    const first = await member(group, [topic]);
    await reached(() => first.owned().length === 2);
    first.source.pause([0, 1].map((partition) => ({ topic, partition })));
    const second = await member(group, [topic]);
    await reached(() => first.owned().length === 1 && second.owned().length === 1);
    await second.source.stop();
    await reached(() => first.owned().length === 2);
    for (const partition of [0, 1]) await send(topic, partition, String(partition));
    await reached(() => first.records.length === 2);
  });

  test('who lost a partition cannot move the position of its new owner', async () => {
    const { rig, group, member, send, reached } = bench();
    const topic = await rig.topic(2);
    for (const partition of [0, 1]) await send(topic, partition, ...numbers(3));
    const first = await member(group, [topic]);
    await reached(() => first.owned().length === 2);
    const second = await member(group, [topic]);
    await reached(() => first.owned().length === 1 && second.owned().length === 1);
    const moved = { topic, partition: Number(second.owned()[0]?.split('|')[1]) };
    await second.source.commit([{ ...moved, offset: 3n }]);
    await expect(first.source.commit([{ ...moved, offset: 1n }])).rejects.toThrow();
    await first.source.stop();
    await expect(first.source.commit([{ ...moved, offset: 1n }])).rejects.toThrow();
    expect((await rig.committed(group, topic)).get(nameOf(moved))).toBe(3n);
  });
}

function logs(bench: () => Bench): void {
  test('offsets without a record are passed over, at the end of the log too', async () => {
    const { rig, group, member, send, reached } = bench();
    const at = { topic: await rig.topic(1), partition: 0 };
    await send(at.topic, 0, 'a');
    await rig.gap(at);
    await send(at.topic, 0, 'b');
    await rig.gap(at);
    const [end] = (await rig.broker.bounds(at.topic)).map((one) => one.end);
    const reader = await member(group, [at.topic]);
    await reached(() => reader.next.get(nameOf(at)) === end);
    expect(reader.texts().filter((text) => text !== 'gap')).toEqual(['a', 'b']);
    await reader.source.commit([{ ...at, offset: end ?? 0n }]);
    const later = await member(null, [at.topic], [{ ...at, offset: 1n }]);
    await reached(() => later.next.get(nameOf(at)) === end);
    expect(later.texts()).not.toContain('a');
    const gapAlone = await member(null, [at.topic], [{ ...at, offset: (end ?? 0n) - 1n }]);
    await reached(() => gapAlone.next.get(nameOf(at)) === end);
    expect(gapAlone.texts()).toEqual([]);
  });

  test('a position that the log has forgotten reads on from its start', async () => {
    const { rig, group, member, send, reached } = bench();
    const at = { topic: await rig.topic(1), partition: 0 };
    await send(at.topic, 0, ...numbers(5));
    await rig.truncate({ ...at, offset: 3n });
    expect(await rig.broker.bounds(at.topic)).toEqual([{ partition: 0, start: 3n, end: 5n }]);
    const reader = await member(group, [at.topic], [{ ...at, offset: 1n }]);
    await reached(() => reader.records.length === 2);
    expect(reader.texts()).toEqual(['3', '4']);
  });

  test('topics that are not there have no count', async () => {
    const { rig } = bench();
    const topic = await rig.topic(3);
    expect(await rig.broker.partitionCounts([topic, 'no.such.topic'])).toEqual(new Map([[topic, 3]]));
  });
}
