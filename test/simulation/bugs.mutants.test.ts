import { hunt, plantedBugs } from './mutants.ts';

const SAMPLE = [
  'item-tombstone-dropped',
  'cleared-field-not-sent',
  'stale-taken-for-written',
  'conflict-not-recorded',
  'written-without-compare',
  'update-without-if-match',
  'agreement-only-from-feed',
  'etag-number-as-text',
  'command-before-state',
  'resend-with-new-basis',
];

describe('a planted bug', () => {
  test.each(SAMPLE)(
    '%s is noticed',
    async (name) => {
      const [patch = ''] = plantedBugs(name);
      const caught = await hunt(patch, { threads: 1, seeds: 250 });
      expect(caught).toMatchObject({ by: expect.stringMatching(/./) });
    },
    120_000,
  );
});

test('there are at least thirty of them', () => {
  expect(plantedBugs().length).toBeGreaterThanOrEqual(30);
});
