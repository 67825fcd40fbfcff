import { recoverCapture } from './recover-capture.ts';

const BEGIN = ['stop', 'drop slot', 'ensure', 'forget position', 'forget refused', 'resume', 'running'];

/** What one look finds: a refused snapshot counts from then on, until it is forgotten. */
type Look = 'reading' | 'refused' | 'read';

/** Parts that note what is done with them. */
function world(gone: number, looks: Look[] = ['read']) {
  const done: string[] = [];
  const note = (what: string) => async (): Promise<void> => void done.push(what);
  const connector = {
    stop: note('stop'),
    forgetPosition: note('forget position'),
    resume: note('resume'),
    untilRunning: note('running'),
    hasReadSince: async (place: number) => looks[0] === 'read' && done.push(`all is read since ${place}`) > 0,
  };
  const parts = {
    connector,
    ensureCapture: note('ensure'),
    dropSlot: note('drop slot'),
    refused: async () => (looks[0] === 'refused' ? 1 : 0),
    forgetRefused: async () => {
      done.push('forget refused');
      if (looks[0] === 'refused') looks.shift();
    },
    logPlace: async () => 7,
    pause: async () => void looks.shift(),
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
  expect(done).toEqual([...BEGIN, 'all is read since 7', 'count gone']);
});

test('it does not end before every row is read, and says that it goes on', async () => {
  const { parts, done } = world(0, [...Array<Look>(60).fill('reading'), 'read']);
  const lines = await linesOf(recoverCapture(parts));
  expect(lines.filter((line) => line.startsWith('not every row is read yet'))).toHaveLength(2);
  expect(done).toEqual([...BEGIN, 'all is read since 7', 'count gone']);
});

test('a snapshot on a slot that was there already does not stand: all is done once more', async () => {
  const { parts, done } = world(0, ['reading', 'refused', 'reading', 'read']);
  const lines = await linesOf(recoverCapture(parts));
  expect(lines.filter((line) => line.includes('once more'))).toHaveLength(1);
  expect(done).toEqual([...BEGIN, ...BEGIN, 'all is read since 7', 'count gone']);
});

test('rows that were deleted meanwhile are told, with what to do', async () => {
  expect((await linesOf(recoverCapture(world(3).parts))).at(-1)).toBe(
    '3 row(s) were deleted for good meanwhile, of which no log tells: look at `npm run sync -- gone`',
  );
  expect((await linesOf(recoverCapture(world(0).parts))).at(-1)).toBe(
    'no row was deleted for good meanwhile',
  );
});
