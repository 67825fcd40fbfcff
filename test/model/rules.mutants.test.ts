/** Each rule of the brain, taken out of the shipping code, must be missed: the model finds a story that goes wrong. */
import { patchesIn, staleness } from '../mutants/apply.ts';
import { RULES_FOLDER, checkRules } from './rules.ts';
import type { RuleReport } from './rules.ts';

const MINUTE_MS = 60_000;
const RULES = patchesIn(RULES_FOLDER);

test('there is a patch for each of B1 to B14', () => {
  const numbers = RULES.flatMap((patch) => /\/B(\d\d)-/.exec(patch)?.[1] ?? []).map(Number);
  expect([...new Set(numbers)]).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
});

test.each(RULES)('%s still applies', (patch) => {
  expect(staleness(patch)).toBeNull();
});

test(
  'without it a counter-example is found, or the patch explains why there is none',
  async () => {
    const reports = await checkRules();
    const wrong = reports.filter(({ caught, explained }: RuleReport) => caught === (explained !== null));
    expect(wrong).toEqual([]);
  },
  10 * MINUTE_MS,
);
