/** What cannot be had from a broker at will: answers that are late, lost, or never come. */
import type { Kafka, ProducerBatch } from 'kafkajs';
import type { EncodedRecord } from '../ports.ts';
import { KafkaSink } from './kafka-sink.ts';

interface Request {
  /** Of which producer. */
  readonly producer: number;
  readonly texts: string[];
  acknowledge(): void;
  fail(): void;
}

/** A client whose broker answers when the test says so. */
function bench() {
  const requests: Request[] = [];
  let [made, offset] = [0, 0];
  const producer = () => {
    const number = ++made;
    return {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(),
      sendBatch: ({ topicMessages = [] }: ProducerBatch) =>
        new Promise((resolve, reject) => {
          const texts = topicMessages.flatMap(({ messages }) => messages.map(({ value }) => String(value)));
          const base = { topicName: 't', partition: 0, baseOffset: String(offset) };
          const acknowledge = (): void => ((offset += texts.length), resolve([base]));
          requests.push({ producer: number, texts, acknowledge, fail: () => reject(new Error('no answer')) });
        }),
    };
  };
  const sink = new KafkaSink({ producer } as unknown as Kafka);
  const send = (text: string): Promise<readonly bigint[]> => sink.send([record(text)]);
  const request = async (index: number): Promise<Request> => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    const found = requests[index];
    if (found === undefined) throw new Error(`no request ${index}`);
    return found;
  };
  return { sink, send, request, requests };
}

function record(text: string): EncodedRecord {
  return { topic: 't', partition: 0, key: null, value: Buffer.from(text), headers: {} };
}

const outage = { code: 'KAFKA_UNAVAILABLE' };

describe('a sink', () => {
  it('has one request in flight; what is sent meanwhile goes into the next, in order', async () => {
    const { send, request, requests } = bench();
    const sent = ['a', 'b', 'c'].map(send);
    (await request(0)).acknowledge();
    (await request(1)).acknowledge();
    expect(await Promise.all(sent)).toEqual([[0n], [1n], [2n]]);
    expect(requests.map(({ texts }) => texts)).toEqual([['a'], ['b', 'c']]);
  });

  it('tells all of a request that failed, and takes a new producer for what comes after', async () => {
    const { send, request, requests } = bench();
    const [first, ...later] = ['a', 'b', 'c'].map(send);
    (await request(0)).acknowledge();
    const failed = later.map((one) => expect(one).rejects.toMatchObject(outage));
    (await request(1)).fail();
    await Promise.all(failed);
    const next = send('d');
    (await request(2)).acknowledge();
    expect([await first, await next]).toEqual([[0n], [1n]]);
    // The old one might pass the next records for a repetition of what the broker has already.
    expect(requests.map(({ producer }) => producer)).toEqual([1, 1, 2]);
  });

  it('takes a partition without an answer for not sent: its leader has moved while the request was repeated', async () => {
    const { sink, request, requests } = bench();
    const sent = sink.send([record('a'), { ...record('b'), partition: 1 }]);
    const failed = expect(sent).rejects.toMatchObject(outage);
    // The answer names partition 0 alone.
    (await request(0)).acknowledge();
    await failed;
    const again = sink.send([record('c')]);
    (await request(1)).acknowledge();
    await again;
    expect(requests.map(({ producer }) => producer)).toEqual([1, 2]);
  });

  it('tells of an outage after 30 s, and does not send later what was told so', async () => {
    jest.useFakeTimers();
    try {
      const { send, request, requests } = bench();
      const sent = ['a', 'b'].map((text) => expect(send(text)).rejects.toMatchObject(outage));
      const hanging = await request(0);
      await jest.advanceTimersByTimeAsync(30_000);
      await Promise.all(sent);
      hanging.fail();
      await jest.advanceTimersByTimeAsync(1);
      expect(requests.map(({ texts }) => texts)).toEqual([['a']]);
    } finally {
      jest.useRealTimers();
    }
  });
});
