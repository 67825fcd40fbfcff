import { recoverCapture } from './recover-capture.ts';

/** Parts that note what is done with them. */
function world(gone: number) {
  const done: string[] = [];
  const note = (what: string) => async (): Promise<void> => void done.push(what);
  const connector = {
    stop: note('stop'),
    forgetPosition: note('forget position'),
    resume: note('resume'),
    untilRunning: note('running'),
  };
  const parts = {
    connector,
    ensureCapture: note('ensure'),
    dropSlot: note('drop slot'),
    untilSlot: note('slot is there'),
    countGone: async () => (done.push('count gone'), gone),
  };
  return { parts, done };
}

async function linesOf(lines: AsyncGenerator<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

test('nothing of the old slot or position is left when the connector starts again', async () => {
  const { parts, done } = world(0);
  await linesOf(recoverCapture(parts));
  expect(done).toEqual([
    'stop',
    'drop slot',
    'ensure',
    'forget position',
    'resume',
    'running',
    'slot is there',
    'count gone',
  ]);
});

test('rows that were deleted meanwhile are told, with what to do', async () => {
  expect((await linesOf(recoverCapture(world(3).parts))).at(-1)).toBe(
    '3 row(s) were deleted for good meanwhile, of which no log tells: look at `npm run sync -- gone`',
  );
  expect((await linesOf(recoverCapture(world(0).parts))).at(-1)).toBe(
    'no row was deleted for good meanwhile',
  );
});
