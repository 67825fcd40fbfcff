/** What is in step is left alone: nothing is written because of our own writes, or of changes that are told again. */
import { to, topics } from '@sync/core';
import type { SharePointChange, TwentyChange } from '@sync/core';
import type { Client, ReadRecord } from '@sync/runtime';
import { openCrm } from '../support/crm.ts';
import { eventually } from '../support/eventually.ts';
import { keyOf, openPipeline, recordsOf } from '../support/pipeline.ts';
import { casesOf, unique, wholeOf } from '../support/record-cases.ts';
import { rowWith } from '../support/row-with.ts';
import { editItem, itemWith } from '../support/sharepoint.ts';
import { PLACES } from '../support/workspaces.ts';

const crm = openCrm();
let pipeline: Client;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(async () => {
  await crm.close();
  await pipeline.close();
});

const COMMANDS = [...Object.values(topics.writes), topics.twentyWrites] as const;

test.each(PLACES)('%s, %s: changes told again make no command', async (_, object, workspace) => {
  const cases = casesOf(object, workspace, unique());
  const whole = wholeOf(cases, 'first');
  const id = await crm.create(workspace, object, whole.row);
  const { id: itemId } = await itemWith(workspace, object, id, whole.item);
  const [edited] = cases;
  if (edited === undefined) throw new Error('no field');
  await editItem(workspace, object, itemId, edited.second.item);
  await rowWith(crm, { workspace, object, id }, edited.second.row);
  const key = keyOf(workspace, object, id);
  const [fromTwenty, fromSharePoint] = [topics.twentyChanges[object], topics.sharepointChanges[object]];
  // The change of the row that was written last has come back, and has been looked at.
  const settled = await eventually('both sides told', () => lastOfBoth(), { everyMs: 200 });
  await lookedAt(settled);

  const commands: string[] = [];
  const stops = await Promise.all(
    COMMANDS.map((topic) =>
      pipeline.follow(topic, (record) => record.key === key && commands.push(topic.name)),
    ),
  );
  const [fromRow, fromItem] = settled;
  const again = [
    to(fromTwenty, key, fromRow.value as TwentyChange),
    to(fromSharePoint, key, fromItem.value as SharePointChange),
  ];
  for (let round = 0; round < 3; round += 1) await pipeline.send(again);
  const retold = await eventually('told again', async () => {
    const now = await lastOfBoth();
    return now !== undefined && now[0].offset > fromRow.offset && now[1].offset > fromItem.offset
      ? now
      : undefined;
  });
  await lookedAt(retold);
  // Commands are acknowledged before the offsets of what caused them; five quiet seconds come on top.
  const quietUntil = Date.now() + 5000;
  await eventually('five seconds', async () => (Date.now() > quietUntil ? true : undefined));
  expect(commands).toEqual([]);
  await Promise.all(stops.map((stop) => stop()));
  await crm.destroy(workspace, object, id);

  async function lastOfBoth(): Promise<readonly [ReadRecord<unknown>, ReadRecord<unknown>] | undefined> {
    const twenty = (await recordsOf(pipeline, fromTwenty, key)).at(-1);
    const sharepoint = (await recordsOf(pipeline, fromSharePoint, key)).at(-1);
    const [column, value] = Object.entries(edited?.second.row ?? {})[0] ?? ['', null];
    if (twenty === undefined || sharepoint === undefined) return undefined;
    if (twenty.value?.fields[column] !== value || sharepoint.value?.fields['TwentyId'] !== id)
      return undefined;
    return [twenty, sharepoint];
  }

  /** Waits until the conflict-detector has gone past these records. */
  async function lookedAt(records: readonly ReadRecord<unknown>[]): Promise<void> {
    await eventually('looked at', async () => {
      const lag = await pipeline.lag('sync.conflict-detector', [fromTwenty, fromSharePoint]);
      const past = records.every((record, i) => {
        const topic = [fromTwenty, fromSharePoint][i]?.name;
        const at = lag.find((one) => one.topic === topic && one.partition === record.partition);
        return at !== undefined && at.committed > record.offset;
      });
      return past ? true : undefined;
    });
  }
});
