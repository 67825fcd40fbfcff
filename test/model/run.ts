/** `npm run check:model`: explores every scope of the table and prints what it saw; exit code 1 on a violation. */
import { explore } from './explore.ts';
import { startInStep, startWithNewRow } from './world.ts';
import type { Budget, World } from './world.ts';

const NONE: Budget = { editTwenty: 0, editSharepoint: 0, deleteTwenty: 0, deleteSharepoint: 0, restoreTwenty: 0, crashSharepointWriter: 0, crashTwentyWriter: 0, resend: 0, replay: 0 };

const SCOPES: Readonly<Record<string, World>> = {
  'a new row': startWithNewRow({ ...NONE, editTwenty: 1, crashSharepointWriter: 1 }),
  'one edit on each side': startInStep({ ...NONE, editTwenty: 1, editSharepoint: 1 }),
  'two edits on each side': startInStep({ ...NONE, editTwenty: 2, editSharepoint: 2 }),
  'two edits, a writer crash': startInStep({ ...NONE, editTwenty: 1, editSharepoint: 1, crashSharepointWriter: 1, crashTwentyWriter: 1 }),
  'two edits in Twenty, one in SharePoint, a crash': startInStep({ ...NONE, editTwenty: 2, editSharepoint: 1, crashSharepointWriter: 1 }),
  'edits, a command sent twice': startInStep({ ...NONE, editTwenty: 1, editSharepoint: 1, resend: 1 }),
  'edits, changes told twice': startInStep({ ...NONE, editTwenty: 1, editSharepoint: 1, replay: 1 }),
  'an edit and a delete on each side': startInStep({ ...NONE, editTwenty: 1, editSharepoint: 1, deleteTwenty: 1, deleteSharepoint: 1 }),
  'delete, restore, edit': startInStep({ ...NONE, editTwenty: 1, editSharepoint: 1, deleteTwenty: 1, restoreTwenty: 1 }),
};

const maxStates = Number(process.argv[2] ?? '300000');
let total = 0;
for (const [name, start] of Object.entries(SCOPES)) {
  const begin = performance.now();
  const { states, rests, complete, finding } = explore(start, maxStates);
  total += states;
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${name}: ${states} states, ${rests} at rest, ${complete ? 'complete' : 'up to the limit'}, ${seconds} s`);
  if (finding === null) continue;
  console.log(`VIOLATION: ${finding.violation}\n${finding.story.map((move, i) => `  ${i}. ${move}`).join('\n')}`);
  console.log(JSON.stringify(finding.world, null, 1));
  process.exit(1);
}
console.log(`${total} states in all, no violation`);
