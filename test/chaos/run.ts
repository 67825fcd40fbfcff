/** One run: load and faults, then rest, then the verdict on everything that happened. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { restartFailed } from './capture.ts';
import { pause } from './chaos-stack.ts';
import { readTopics } from './evidence.ts';
import { FAULT_KINDS } from './faults/kinds.ts';
import { planFaults } from './faults/schedule.ts';
import type { Evidence } from './history/change.ts';
import { commandOf } from './options.ts';
import type { ChaosOptions } from './options.ts';
import { seeded } from './random.ts';
import type { Strike } from './recovery.ts';
import { reportLines } from './report.ts';
import type { RunSummary } from './report.ts';
import { untilAgreed } from './rest.ts';
import { openScene } from './scene.ts';
import type { Scene, SceneParts } from './scene.ts';
import { readStories } from './stories.ts';
import { strikeAll } from './strike-all.ts';
import { evidenceOf, violationsIn } from './verdict.ts';

const FIRST_LIMIT_MS = 120_000;
const REST_LIMIT_MS = 240_000;
const IDLE_MS = 10_000;
/** A slow machine gets this long to write what is missing after the last fault. */
const ENOUGH_LIMIT_MS = 90_000;

export interface RunParts extends SceneParts {
  /** Where the evidence is kept. */
  readonly folder: string;
}

/** True when nothing was violated, and enough was written for that to mean something. */
export async function run(parts: RunParts): Promise<boolean> {
  const { stack, options, folder, say } = parts;
  const scene = await openScene(parts);
  const { load, witness } = scene;
  const records = await load.prepare();
  const first = await untilAgreed(witness, load.askedDeletes, FIRST_LIMIT_MS);
  if (first.restMs === null) throw new Error('the sides did not agree even before the first fault');
  say(`both sides agree on ${first.testimony.live.length / 2} records; faults begin`);

  const medic = keepCaptureAlive(scene);
  const loadFrom = Date.now();
  const strikes = await underLoad(scene, parts);
  const loadMs = Date.now() - loadFrom;
  say(`${load.entries.length} writes acknowledged; waiting for both sides to agree`);
  const { restMs, testimony: rested } = await untilAgreed(witness, load.askedDeletes, REST_LIMIT_MS);
  say(
    restMs === null
      ? 'they do not agree'
      : `they agree after ${(restMs / 1_000).toFixed(1)} s; nothing more may be written`,
  );
  await pause(IDLE_MS);
  const handRestarts = medic.stop();

  const testimony = await witness.testify(load.askedDeletes);
  const topics = await readTopics(stack.env);
  const { entries, unacknowledged } = load;
  const evidence = evidenceOf({ testimony, rested, entries, topics });
  const violations = violationsIn(evidence, topics);
  const { deaths } = stack;
  const beating = records.slice(-2);
  const summary = {
    strikes,
    entries,
    unacknowledged,
    testimony,
    topics,
    deaths,
    handRestarts,
    beating,
    restMs,
    loadMs,
    violations,
  };
  await keep(summary, evidence, parts);
  await scene.close();
  for (const line of reportLines(summary)) console.log(line);
  if (violations.length > 0) console.log(`\nevidence in ${folder}\nonce more: ${commandOf(options)}`);
  const isEnough = entries.length >= options.writes;
  if (!isEnough) console.log(`\nonly ${entries.length} of ${options.writes} writes were acknowledged`);
  return violations.length === 0 && restMs !== null && isEnough;
}

/** Writes from both sides while the faults strike, and after the last one for a little while, and until it was enough. */
async function underLoad(
  { load, reach }: Scene,
  { stack, options, folder, say }: RunParts,
): Promise<Strike[]> {
  const faults = planned(options, stack.parts);
  writeFileSync(join(folder, 'faults.json'), JSON.stringify(faults, null, 1));
  const stop = new AbortController();
  const loads = [load.run(stop.signal), load.beat(stop.signal, 500)];
  const tell = (): void => say(`${load.entries.length} writes acknowledged, ${load.unacknowledged} not`);
  const ticker = setInterval(tell, 15_000);
  const strikes = await strikeAll(faults, options.minutes * 60_000, reach, say);
  await stack.settled();
  for (const door of stack.doors.values()) door.setWeather({ kind: 'clear' });
  say('all faults are over; writing goes on for a little while');
  await pause(5_000);
  const until = Date.now() + ENOUGH_LIMIT_MS;
  while (load.entries.length < options.writes && Date.now() < until) await pause(500);
  stop.abort();
  await Promise.all(loads);
  clearInterval(ticker);
  return strikes;
}

function planned(options: ChaosOptions, parts: readonly string[]) {
  const kinds = FAULT_KINDS.filter(({ kind }) => options.kinds.length === 0 || options.kinds.includes(kind));
  const withinMs = options.minutes * 60_000;
  return planFaults({ kinds, parts, count: options.faults, withinMs, random: seeded(options.seed) });
}

/** Starts again what has failed in Connect, as whoever is on duty would; `stop` gives how often that was. */
function keepCaptureAlive({ capture }: Scene): { stop(): number } {
  let restarts = 0;
  const look = (): void =>
    void restartFailed(capture).then(
      (did) => (restarts += did ? 1 : 0),
      () => undefined,
    );
  const timer = setInterval(look, 5_000);
  return {
    stop: () => {
      clearInterval(timer);
      return restarts;
    },
  };
}

/** What a violation is looked into with; `stories.jsonl` only when there is one. */
async function keep(summary: RunSummary, evidence: Evidence, { stack, folder }: RunParts): Promise<void> {
  const { testimony, violations, strikes, deaths, entries } = summary;
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(folder, name), JSON.stringify(content, null, 1));
  writeFileSync(
    join(folder, 'evidence.json'),
    JSON.stringify({ ...evidence, excused: [...evidence.excused], answered: [...evidence.answered] }),
  );
  write('violations.json', violations);
  write('strikes.json', { strikes, deaths, writes: entries.length });
  const suspects = new Set(violations.map(({ record }) => record));
  const story = testimony.changes.filter(({ record }) => suspects.has(record));
  write(
    'suspects.json',
    story.map((change) => JSON.stringify(change)),
  );
  if (suspects.size === 0) return;
  // Line by line: what the topics told of many records is longer than a string may be.
  const file = openSync(join(folder, 'stories.jsonl'), 'w');
  for (const line of await readStories(stack.env, suspects)) writeSync(file, `${line}\n`);
  closeSync(file);
}
