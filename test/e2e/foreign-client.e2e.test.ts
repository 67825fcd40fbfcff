/** The change topics are a contract for any Kafka client: one that is none of ours, in another language, reads the same. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { watchChanges } from '../support/changes.ts';
import type { ChangeRecord, ChangeWatch } from '../support/changes.ts';
import { pythonWithKafka, runPython } from '../support/python.ts';
import { stackVariable } from '../support/stack.ts';
import { openTwentyDb } from '../support/twenty-db.ts';
import type { TwentyDb } from '../support/twenty-db.ts';

const SCRIPT = join(process.cwd(), 'test', 'foreign', 'read_changes.py');

let db: TwentyDb;
let watch: ChangeWatch;
let python: string;

beforeAll(async () => {
  [db, watch, python] = await Promise.all([openTwentyDb(), watchChanges('company'), pythonWithKafka()]);
}, 300_000);

afterAll(async () => {
  await Promise.all([db.close(), watch.close()]);
});

test('confluent-kafka for Python reads every record of a key as we do, the tombstone included', async () => {
  const place = await db.addEmptyWorkspace();
  const id = randomUUID();
  const company = `${place.schema}.company`;
  await db.sql(
    `INSERT INTO ${company} (id, name, "annualRevenueAmountMicros", employees, "linkedinLinkSecondaryLinks")
     VALUES ($1, 'Ünï 漢字 𝄞', 9007199254740993, 0.1, '[{"url": "https://example.com", "label": ""}]')`,
    [id],
  );
  await db.sql(`UPDATE ${company} SET name = NULL, employees = 12.5 WHERE id = $1`, [id]);
  await db.sql(`DELETE FROM ${company} WHERE id = $1`, [id]);
  const key = `${place.workspaceId}|company|${id}`;
  const ours = await watch.untilForgotten(key);

  const topic = 'twenty.changes.company';
  const [brokers, registry] = [stackVariable('SYNC_KAFKA_BROKERS'), stackVariable('SYNC_REGISTRY_URL')];
  const theirs = await runPython(python, SCRIPT, brokers, registry, topic, key);
  expect(theirs).toHaveLength(4);
  expect(theirs).toEqual(ours.map(asPython));
  expect(theirs[0]).toMatchObject({
    value: { fields: { annualRevenueAmountMicros: '9007199254740993', employees: 0.1 } },
  });
}, 90_000);

/** The same record in the types of Python's JSON. */
function asPython({ partition, offset, value }: ChangeRecord): unknown {
  if (value === null) return { partition, offset: Number(offset), value };
  const { epoch, lsn, order } = value.version;
  const committedAt = new Date(value.committedAt).toISOString().replace('Z', '+00:00');
  const version = { epoch, lsn: Number(lsn), order };
  return { partition, offset: Number(offset), value: { ...value, version, committedAt } };
}
