/** `npm run chaos`: real processes, real faults, load from both sides, and a judge at the end. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { schemaOfWorkspaceId } from '@sync/core';
import { recapture, restartFailed } from './capture.ts';
import { sync } from './operator.ts';
import { ChaosStack, pause } from './chaos-stack.ts';
import { readTopics } from './evidence.ts';
import type { PlannedFault, Reach } from './faults/fault.ts';
import { FAULT_KINDS } from './faults/kinds.ts';
import { planFaults } from './faults/schedule.ts';
import { checkHistory } from './history/check.ts';
import type { Evidence, Violation } from './history/change.ts';
import { JournalTail } from './load/journal-tail.ts';
import { Load } from './load/load.ts';
import { control, listIdOf, sharePointUser } from './load/sharepoint-user.ts';
import { installLedger } from './load/twenty-ledger.ts';
import { openPool, twentyUser } from './load/twenty-user.ts';
import { commandOf, parseOptions } from './options.ts';
import { seeded } from './random.ts';
import type { Strike } from './recovery.ts';
import { readStories } from './stories.ts';
import { reportLines } from './report.ts';
import type { RunSummary } from './report.ts';
import { differing, Witness } from './witness.ts';
import type { Testimony } from './witness.ts';

const repoRoot = resolve(import.meta.dirname, '..', '..');
const folder = resolve(process.env['SYNC_DATA_DIR'] ?? join(repoRoot, 'build', 'chaos'));
const WORKSPACE = '5a17d0c4-1f0e-4b7a-9c51-0d7e3a6b2f10';
const SITE = '/sites/crm';
const REST_LIMIT_MS = 240_000;
const IDLE_MS = 10_000;

const begin = Date.now();
const say = (line: string): void =>
  console.log(`${((Date.now() - begin) / 1_000).toFixed(0).padStart(4)} s  ${line}`);
const options = parseOptions(process.argv.slice(2), Date.now() % 1_000_000);

process.env['SYNC_REPLICATION_FACTOR'] = String(options.brokers);
process.env['NODE_OPTIONS'] = `--import ${join(import.meta.dirname, 'clock-offset.mjs')}`;
rmSync(folder, { recursive: true, force: true });

const stack = new ChaosStack({
  repoRoot,
  dataDir: join(folder, 'data'),
  shape: {
    brokers: options.brokers,
    connectWorkers: options.workers,
    instances: options.instances,
    doors: true,
  },
  say,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void stack.stop().finally(() => process.exit(130)));

try {
  say(commandOf(options));
  await stack.start();
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
} finally {
  await stack.stop();
}
process.exit();

/** True when nothing was violated. */
async function run(): Promise<boolean> {
  const { env } = stack;
  const simulatorUrl = env['SYNC_SIMULATOR_URL'] ?? '';
  const pgUrl = env['SYNC_PG_URL'] ?? '';
  const schema = schemaOfWorkspaceId(WORKSPACE);
  await sync({ repoRoot, env }, 'apply', join(import.meta.dirname, 'workspaces.yaml'));
  const listId = await untilList(simulatorUrl);
  await installLedger(pgUrl, schema);
  const pool = openPool(pgUrl);
  const witness = new Witness(
    new JournalTail(join(stack.dataDir, 'simulator', 'journal.jsonl'), () => listId),
    pool,
  );
  const load = new Load({
    twenty: twentyUser(pool, schema),
    sharepoint: sharePointUser(simulatorUrl, listId),
    sight: witness.sight(),
    random: seeded(options.seed + 1),
    perSecond: options.writesPerSecond,
    onEntry: () => undefined,
  });
  const records = await load.prepare();
  const first = await untilAgreed(witness, load, 120_000);
  if (first.restMs === null) throw new Error('the sides did not agree even before the first fault');
  say(`both sides agree on ${first.testimony.live.length / 2} records; faults begin`);

  const stopLoad = new AbortController();
  const capture = { repoRoot, env, workers: workersOf() };
  let handRestarts = 0;
  const medic = setInterval(
    () =>
      void restartFailed(capture).then(
        (did) => (handRestarts += did ? 1 : 0),
        () => undefined,
      ),
    5_000,
  );
  const loadFrom = Date.now();
  const loads = [load.run(stopLoad.signal), load.beat(stopLoad.signal, 500)];
  const ticker = setInterval(
    () => say(`${load.entries.length} writes acknowledged, ${load.unacknowledged} not`),
    15_000,
  );
  const strikes = await strikeAll({
    stack,
    simulator: (method, path, content) => control(simulatorUrl, method, path, content),
    listIds: [listId],
    sql: async (text) => {
      await pool.query(text);
    },
    recapture: async () => say((await recapture(capture)).replaceAll('\n', '; ')),
  });
  await stack.settled();
  for (const door of stack.doors.values()) door.setWeather({ kind: 'clear' });
  say('all faults are over; writing goes on for a little while');
  await pause(5_000);
  stopLoad.abort();
  await Promise.all(loads);
  clearInterval(ticker);
  const loadMs = Date.now() - loadFrom;
  say(`${load.entries.length} writes acknowledged; waiting for both sides to agree`);
  const { restMs, testimony: rested } = await untilAgreed(witness, load, REST_LIMIT_MS);
  say(
    restMs === null
      ? 'they do not agree'
      : `they agree after ${(restMs / 1_000).toFixed(1)} s; nothing more may be written`,
  );
  await pause(IDLE_MS);
  clearInterval(medic);
  const testimony = await witness.testify(load.askedDeletes);
  writeFileSync(
    join(folder, 'changes.json'),
    JSON.stringify({ ...testimony, rested: rested.last, entries: load.entries }),
  );
  const topics = await readTopics(env);
  const violations = judge(testimony, rested, load, topics);
  if (violations.length > 0) {
    const suspects = new Set(violations.map(({ record }) => record));
    writeFileSync(join(folder, 'stories.jsonl'), (await readStories(env, suspects)).join('\n'));
  }
  witness.close();
  await pool.end();
  const summary: RunSummary = {
    strikes,
    entries: load.entries,
    unacknowledged: load.unacknowledged,
    testimony,
    topics,
    deaths: stack.deaths,
    handRestarts,
    beating: records.slice(-2),
    restMs,
    loadMs,
    violations,
  };
  for (const line of reportLines(summary)) console.log(line);
  keep(summary);
  if (violations.length > 0) console.log(`\nevidence in ${folder}\nonce more: ${commandOf(options)}`);
  return violations.length === 0 && restMs !== null;
}

function judge(
  testimony: Testimony,
  rested: Testimony,
  load: Load,
  topics: RunSummary['topics'],
): Violation[] {
  const acknowledged = load.entries.map(({ side, record, item, field, value }) => ({
    side,
    field,
    value,
    record: record ?? testimony.recordOf.get(item ?? 0) ?? `item ${item}`,
  }));
  const { changes, live } = testimony;
  const { conflicts, excused } = topics;
  const evidence: Evidence = { changes, live, acknowledged, conflicts, excused, restAt: rested.last };
  writeFileSync(join(folder, 'evidence.json'), JSON.stringify({ ...evidence, excused: [...excused] }));
  return [...checkHistory(evidence), ...wrongMappings(testimony, topics)];
}

/** What lives on both sides is mapped to the very item. */
function wrongMappings({ live }: Testimony, { mappings }: RunSummary['topics']): Violation[] {
  return live
    .filter(({ side, record, id }) => side === 'sharepoint' && mappings.get(record)?.itemId !== id)
    .map(({ record, id }) => ({
      kind: 'diverged',
      record,
      field: 'mapping',
      story: `it lives in item ${id}, the mapping says ${JSON.stringify(mappings.get(record))}`,
    }));
}

async function strikeAll(reach: Reach): Promise<Strike[]> {
  const kinds = FAULT_KINDS.filter(({ kind }) => options.kinds.length === 0 || options.kinds.includes(kind));
  const faults = planFaults({
    kinds,
    parts: stack.parts,
    count: options.faults,
    withinMs: options.minutes * 60_000,
    random: seeded(options.seed),
  });
  writeFileSync(join(folder, 'faults.json'), JSON.stringify(faults, null, 1));
  const from = Date.now();
  const strikes: Promise<Strike>[] = [];
  for (const fault of faults) {
    await pause(from + fault.at - Date.now());
    strikes.push(strike(reach, fault));
  }
  await pause(from + options.minutes * 60_000 - Date.now());
  return Promise.all(strikes);
}

async function strike(reach: Reach, { kind, target, ms }: PlannedFault): Promise<Strike> {
  say(`fault: ${kind}, ${target}, ${ms} ms`);
  const from = Date.now();
  await FAULT_KINDS.find((one) => one.kind === kind)?.strike(reach, target, ms);
  return { kind, target, from, healed: Date.now() };
}

/** Waits until nothing differs and nothing has changed for a while. */
async function untilAgreed(
  witness: Witness,
  load: Load,
  limitMs: number,
): Promise<{ restMs: number | null; testimony: Testimony }> {
  const from = Date.now();
  let calmSince: number | null = null;
  let before = '';
  for (;;) {
    const testimony = await witness.testify(load.askedDeletes);
    const now = JSON.stringify(testimony.last);
    const isCalm = now === before && differing(testimony) === 0;
    before = now;
    calmSince = isCalm ? (calmSince ?? Date.now()) : null;
    if (calmSince !== null && Date.now() - calmSince > 6_000) return { restMs: calmSince - from, testimony };
    if (Date.now() - from > limitMs) return { restMs: null, testimony };
    await pause(1_000);
  }
}

async function untilList(url: string): Promise<string> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const found = await listIdOf(url, SITE, 'Companies').catch(() => undefined);
    if (found !== undefined) return found;
    await pause(500);
  }
  throw new Error('the list was not made within a minute');
}

function workersOf(): string[] {
  return stack.parts.filter((part) => part.startsWith('connect')).map((part) => stack.urlOf(part));
}

function keep({ testimony, violations, strikes, deaths, entries }: RunSummary): void {
  mkdirSync(folder, { recursive: true });
  const suspects = new Set(violations.map(({ record }) => record));
  const story = testimony.changes.filter(({ record }) => suspects.has(record));
  writeFileSync(join(folder, 'violations.json'), JSON.stringify(violations, null, 1));
  writeFileSync(
    join(folder, 'suspects.json'),
    JSON.stringify(
      story.map((change) => JSON.stringify(change)),
      null,
      1,
    ),
  );
  writeFileSync(
    join(folder, 'strikes.json'),
    JSON.stringify({ strikes, deaths, writes: entries.length }, null, 1),
  );
}
