import type { Admin } from 'kafkajs';
import { untilLed } from './until-led.ts';

type Answer = Error | { readonly leader: number };

/** Brokers that give these answers, the last one for ever. */
function brokers(...answers: readonly Answer[]) {
  let asked = 0;
  const fetchTopicMetadata = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer instanceof Error) throw answer;
    return { topics: [{ name: 't', partitions: [answer] }] };
  };
  return { admin: { fetchTopicMetadata } as unknown as Admin, asked: () => asked };
}

const unknown = new Error('This server does not host this topic-partition');
const pause = (): Promise<void> => Promise.resolve();

test('a broker that has not heard of a new topic yet is asked again', async () => {
  const { admin, asked } = brokers(unknown, { leader: -1 }, { leader: 2 });
  await untilLed(admin, ['t'], pause);
  expect(asked()).toBe(3);
});

test('topics that never get a leader are told as an outage, with the last reason', async () => {
  const { admin } = brokers(unknown);
  await expect(untilLed(admin, ['t'], pause)).rejects.toMatchObject({
    code: 'KAFKA_UNAVAILABLE',
    cause: unknown,
  });
});
