import { MOST_UNFINISHED, RESUME_BELOW, WIDEST_SPREAD, shouldPause } from './pressure.ts';

describe('shouldPause', () => {
  it.each([
    ['reads while little is unfinished', false, MOST_UNFINISHED - 1, 0, false],
    ['stops at the limit', false, MOST_UNFINISHED, 0, true],
    ['stays paused until much is done', true, RESUME_BELOW, 0, true],
    ['goes on below the lower mark', true, RESUME_BELOW - 1, 0, false],
    ['stops when one waiting key holds back the commit', false, 1, WIDEST_SPREAD, true],
  ])('%s', (_, paused, unfinished, spread, expected) => {
    expect(shouldPause(paused, { unfinished, spread })).toBe(expected);
  });
});
