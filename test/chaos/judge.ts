/** `node test/chaos/judge.ts <evidence.json>`: judges the kept evidence of a run once more. */
import { readFileSync } from 'node:fs';
import { checkHistory } from './history/check.ts';
import type { Evidence } from './history/change.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: judge.ts <evidence.json>');
const kept = JSON.parse(readFileSync(file, 'utf8')) as Omit<Evidence, 'excused' | 'answered'> & {
  readonly excused: readonly string[];
  readonly answered: readonly number[];
};
const violations = checkHistory({
  ...kept,
  excused: new Set(kept.excused),
  answered: new Set(kept.answered),
});
for (const { kind, record, field, story } of violations) console.log(`${kind} ${record} ${field}: ${story}`);
console.log(`violations: ${violations.length}`);
