import { deadLetter, drop } from '@sync/core';
import { SERVICE, eventually, rawInput, realServices, start } from '../testing/real-services.ts';
import { deadLettersOf } from '../tools/dead-letters.ts';
import { redrive } from '../tools/redrive.ts';

jest.setTimeout(120_000);
const client = realServices();

/** Keys of one length, so that the records differ in nothing that counts. */
type Key = 'probe' | 'large' | 'usual';

const send = (key: Key, length: number): Promise<unknown> =>
  client().sendRaw([
    {
      topic: rawInput.name,
      partition: 0,
      key: Buffer.from(key),
      value: Buffer.alloc(length, key),
      headers: {},
    },
  ]);

async function isTaken(length: number): Promise<boolean> {
  try {
    await send('probe', length);
    return true;
  } catch {
    return false;
  }
}

/** The longest value that the topic takes. */
async function longestValue(): Promise<number> {
  let [taken, refused] = [1_000_000, 1_200_000];
  while (refused - taken > 1) {
    const middle = Math.floor((taken + refused) / 2);
    if (await isTaken(middle)) taken = middle;
    else refused = middle;
  }
  return taken;
}

test('the largest record that a topic takes becomes a dead letter, byte for byte; one of 1 MiB can be redriven', async () => {
  const longest = await longestValue();
  // 1 MiB is what clients send at most; keys and the batch around the record are in it.
  const usual = 1_048_576 - 100;
  await send('large', longest);
  await send('usual', usual);
  let broken = true;
  const seen: string[] = [];
  const running = await start([rawInput], async ({ key }) => {
    seen.push(key);
    return broken && key !== 'probe' ? deadLetter('X', 'x'.repeat(2_000_000)) : drop('test');
  });
  await eventually(async () => (await deadLettersOf(client(), SERVICE)).length === 2);
  const letters = await deadLettersOf(client(), SERVICE);
  expect(
    letters.map(({ key, record }) => [key, record.value?.equals(Buffer.alloc(longestOf(key), key))]),
  ).toEqual([
    ['large', true],
    ['usual', true],
  ]);
  broken = false;
  const options = { pause: () => Promise.resolve(), now: Date.now };
  expect(await redrive(client(), SERVICE, { key: 'usual' }, options)).toMatchObject({ sent: 1 });
  await eventually(() => seen.filter((key) => key === 'usual').length === 2);
  await running.stop();

  function longestOf(key: string): number {
    return key === 'large' ? longest : usual;
  }
});
