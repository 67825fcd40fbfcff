/** Connect is killed in the middle of a stream: nothing is lost, and nothing changes its order. */
import { randomUUID } from 'node:crypto';
import { twentyVersion } from '@sync/core';
import type { TwentyChange } from '@sync/core';
import { readStatus, requestRestart } from '@sync/stack';
import type { WorkspacePlace } from '@sync/twenty-demo';
import { watchChanges } from '../support/changes.ts';
import type { ChangeWatch } from '../support/changes.ts';
import { eventually } from '../support/eventually.ts';
import { stackVariable } from '../support/stack.ts';
import { openTwentyDb } from '../support/twenty-db.ts';
import type { TwentyDb } from '../support/twenty-db.ts';

const RECORDS = 8;
/** Updates per record: before the kill, while it dies and starts, and after it runs again. */
const [BEFORE, DURING, AFTER] = [100, 200, 50];

let db: TwentyDb;
let watch: ChangeWatch;
let place: WorkspacePlace;

beforeAll(async () => {
  [db, watch] = await Promise.all([openTwentyDb(), watchChanges('company')]);
  place = await db.addEmptyWorkspace();
}, 60_000);

afterAll(async () => {
  await Promise.all([db.close(), watch.close()]);
});

test('kill -9 of Connect and its restart lose and reorder nothing', async () => {
  const dataDir = stackVariable('SYNC_DATA_DIR');
  const ids = Array.from({ length: RECORDS }, () => randomUUID());
  const keys = ids.map((id) => `${place.workspaceId}|company|${id}`);
  for (const id of ids)
    await db.sql(`INSERT INTO ${place.schema}.company (id, name) VALUES ($1, 'step 0')`, [id]);
  const before = connectPid(dataDir);

  await updates(ids, 1, BEFORE);
  const restarted = requestRestart(dataDir, { part: 'connect', kill: true });
  await updates(ids, BEFORE + 1, BEFORE + DURING);
  await restarted;
  await updates(ids, BEFORE + DURING + 1, BEFORE + DURING + AFTER);

  expect(connectPid(dataDir)).not.toBe(before);
  const last = `step ${BEFORE + DURING + AFTER}`;
  for (const key of keys) {
    await eventually(`${last} of ${key}`, async () => (namesOf(key).includes(last) ? true : undefined), {
      withinMs: 60_000,
    });
  }
  const everyStep = Array.from({ length: BEFORE + DURING + AFTER + 1 }, (_, step) => `step ${step}`);
  for (const key of keys) {
    expect(inFirstOrder(changesOf(key)).map(nameOf)).toEqual(everyStep);
    expect(inFirstOrder(changesOf(key)).map(versionOf)).toEqual(versionsOf(key));
    expect(namesOf(key).at(-1)).toBe(last);
  }
}, 150_000);

/** One committed transaction per record and step. */
async function updates(ids: readonly string[], from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step++) {
    for (const id of ids)
      await db.sql(`UPDATE ${place.schema}.company SET name = $2 WHERE id = $1`, [id, `step ${step}`]);
  }
}

const changesOf = (key: string): TwentyChange[] =>
  watch.of(key).flatMap(({ value }) => (value === null ? [] : [value]));
const nameOf = ({ fields }: TwentyChange): unknown => fields['name'];
const namesOf = (key: string): unknown[] => changesOf(key).map(nameOf);

/** Without what came again: a repeat has the version, and must have all the rest, of what it repeats. */
function inFirstOrder(changes: readonly TwentyChange[]): TwentyChange[] {
  const first = new Map<string, TwentyChange>();
  for (const change of changes) {
    const version = versionOf(change);
    const known = first.get(version);
    if (known === undefined) first.set(version, change);
    else expect(change).toEqual(known);
  }
  return [...first.values()];
}

const versionOf = ({ version }: TwentyChange): string => twentyVersion(version);

/** The versions of a key's changes, the oldest first. */
function versionsOf(key: string): string[] {
  return [...new Set(changesOf(key).map(versionOf))].sort();
}

function connectPid(dataDir: string): number | undefined {
  return readStatus(dataDir).parts.find(({ name }) => name === 'connect')?.pid;
}
