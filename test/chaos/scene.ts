/** Everything a run works with once the stack stands: who writes, who looks on, and what a fault may touch. */
import { join } from 'node:path';
import { schemaOfWorkspaceId } from '@sync/core';
import { recapture } from './capture.ts';
import type { CaptureOptions } from './capture.ts';
import { pause } from './chaos-stack.ts';
import type { ChaosStack } from './chaos-stack.ts';
import type { Reach } from './faults/fault.ts';
import { JournalTail } from './load/journal-tail.ts';
import { Load } from './load/load.ts';
import { control, listIdOf, sharePointUser } from './load/sharepoint-user.ts';
import { installLedger } from './load/twenty-ledger.ts';
import { openPool, twentyUser } from './load/twenty-user.ts';
import { sync } from './operator.ts';
import type { ChaosOptions } from './options.ts';
import { seeded } from './random.ts';
import { Witness } from './witness.ts';

const WORKSPACE = '5a17d0c4-1f0e-4b7a-9c51-0d7e3a6b2f10';
const SITE = '/sites/crm';

export interface SceneParts {
  readonly stack: ChaosStack;
  readonly options: ChaosOptions;
  readonly repoRoot: string;
  readonly say: (line: string) => void;
}

export interface Scene {
  readonly load: Load;
  readonly witness: Witness;
  readonly reach: Reach;
  readonly capture: CaptureOptions;
  close(): Promise<void>;
}

/** Applies the workspace, waits for its list, and puts the ledger of truth into Twenty's database. */
export async function openScene({ stack, options, repoRoot, say }: SceneParts): Promise<Scene> {
  const { env } = stack;
  const simulatorUrl = env['SYNC_SIMULATOR_URL'] ?? '';
  const pgUrl = env['SYNC_PG_URL'] ?? '';
  const schema = schemaOfWorkspaceId(WORKSPACE);
  await sync({ repoRoot, env }, 'apply', join(import.meta.dirname, 'workspaces.yaml'));
  const listId = await untilList(simulatorUrl);
  await installLedger(pgUrl, schema);
  const pool = openPool(pgUrl);
  const journal = join(stack.dataDir, 'simulator', 'journal.jsonl');
  const witness = new Witness(new JournalTail(journal, () => listId), pool);
  const load = new Load({
    twenty: twentyUser(pool, schema),
    sharepoint: sharePointUser(simulatorUrl, listId),
    sight: witness.sight(),
    random: seeded(options.seed + 1),
    perSecond: options.writesPerSecond,
    onEntry: () => undefined,
  });
  const workers = stack.parts.filter((part) => part.startsWith('connect')).map((part) => stack.urlOf(part));
  const capture = { repoRoot, env, workers };
  let last: Promise<unknown> = Promise.resolve();
  const reach: Reach = {
    stack,
    simulator: (method, path, content) => control(simulatorUrl, method, path, content),
    listIds: [listId],
    sql: async (text) => {
      await pool.query(text);
    },
    // One after the other: a second recovery would only be told that one is under way.
    recapture: async () => {
      const mine = last.then(() => recapture(capture));
      last = mine.catch(() => undefined);
      say((await mine).replaceAll('\n', '; '));
    },
  };
  const close = (): Promise<void> => {
    witness.close();
    return pool.end();
  };
  return { load, witness, reach, capture, close };
}

async function untilList(url: string): Promise<string> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const found = await listIdOf(url, SITE, 'Companies').catch(() => undefined);
    if (found !== undefined) return found;
    await pause(500);
  }
  throw new Error('the list was not made within a minute');
}
