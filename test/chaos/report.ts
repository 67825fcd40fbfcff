/** What a run says at its end. */
import type { Death } from './chaos-stack.ts';
import type { Violation } from './history/change.ts';
import { countCrossed, countUnheardOf } from './history/check-overwritten.ts';
import { Tracks } from './history/tracks.ts';
import { percentile, recoveryTimes } from './recovery.ts';
import type { Strike } from './recovery.ts';
import type { Testimony } from './witness.ts';
import type { Entry } from './load/load.ts';
import type { TopicEvidence } from './evidence.ts';

export interface RunSummary {
  readonly strikes: readonly Strike[];
  readonly entries: readonly Entry[];
  readonly unacknowledged: number;
  readonly testimony: Testimony;
  readonly topics: TopicEvidence;
  readonly deaths: readonly Death[];
  readonly handRestarts: number;
  readonly beating: readonly string[];
  /** From the end of the last fault until both sides agreed; null when they never did. */
  readonly restMs: number | null;
  readonly loadMs: number;
  readonly violations: readonly Violation[];
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

/** The tables for people, and at the end the figures in short. */
export function reportLines(run: RunSummary): string[] {
  const beats = run.testimony.changes.filter(({ record }) => run.beating.includes(record));
  const times = recoveryTimes(run.strikes, beats);
  const struck = run.strikes.map((strike, at) => ({ ...strike, recovery: times[at] ?? null }));
  return [
    'recovery: seconds until a change that was made after the fault had travelled both ways',
    ...table(
      'fault',
      Map.groupBy(struck, ({ kind }) => kind),
    ),
    ...table(
      'part',
      Map.groupBy(struck, ({ target }) => partOf(target)),
    ),
    ...table('', new Map([['all', struck]])).slice(1),
    '',
    ...writeLines(run),
    ...pipelineLines(run),
    '',
    ...violationLines(run.violations),
    figures(run, percentile(measured(struck), 0.95)),
  ];
}

type Struck = Strike & { readonly recovery: number | null };

/** The instances of a service, the workers and the brokers are one part each. */
function partOf(target: string): string {
  return target.replace(/-\d$/, '');
}

function table(title: string, groups: ReadonlyMap<string, readonly Struck[]>): string[] {
  const rows = [...groups].map(([name, some]) => line(name, some));
  return [`${title.padEnd(24)} times      p50     p95     max`, ...rows.sort()];
}

const cell = (ms: number): string => seconds(ms).padStart(7);

function line(name: string, some: readonly Struck[]): string {
  const times = measured(some);
  const never = some.length - times.length;
  const note = never > 0 ? `   ${never} not measured: no later change travelled` : '';
  const cells = [percentile(times, 0.5), percentile(times, 0.95), Math.max(0, ...times)].map(cell);
  return `${name.padEnd(24)} ${String(some.length).padStart(5)}  ${cells.join(' ')}${note}`;
}

const measured = (some: readonly Struck[]): number[] =>
  some.map(({ recovery }) => recovery).filter((one) => one !== null);

function figures({ strikes, entries, violations }: RunSummary, p95: number): string {
  const kinds = new Set(strikes.map(({ kind }) => kind)).size;
  return `in short: ${strikes.length} faults of ${kinds} kinds, ${entries.length} acknowledged writes, ${violations.length} violations, recovery p95 ${seconds(p95)} s`;
}

function writeLines({ entries, unacknowledged, loadMs }: RunSummary): string[] {
  const twenty = entries.filter(({ side }) => side === 'twenty').length;
  const share = entries.length === 0 ? 0 : concurrent(entries) / entries.length;
  return [
    `acknowledged writes ${entries.length} (Twenty ${twenty}, SharePoint ${entries.length - twenty}) in ${seconds(loadMs)} s, ${(entries.length / (loadMs / 1_000)).toFixed(0)}/s; not acknowledged ${unacknowledged}`,
    `concurrent (a write of the same record on the other side within a second) ${(share * 100).toFixed(0)} %`,
  ];
}

/** Writes with a write of the other side to the same record within a second. */
export function concurrent(entries: readonly Entry[]): number {
  const byRecord = Map.groupBy(entries, ({ record, item }) => record ?? `item ${item}`);
  return [...byRecord.values()].reduce((sum, some) => sum + concurrentIn(some), 0);
}

function concurrentIn(entries: readonly Entry[]): number {
  const times = { twenty: timesOf(entries, 'twenty'), sharepoint: timesOf(entries, 'sharepoint') };
  return entries.filter(({ side, at }) =>
    times[side === 'twenty' ? 'sharepoint' : 'twenty'].some((other) => Math.abs(other - at) <= 1_000),
  ).length;
}

const timesOf = (entries: readonly Entry[], side: Entry['side']): number[] =>
  entries.filter((one) => one.side === side).map(({ at }) => at);

function pipelineLines({ testimony, topics, deaths, handRestarts, restMs }: RunSummary): string[] {
  const written = (side: string): number =>
    testimony.changes.filter((one) => one.by === 'sync' && one.side === side).length;
  const tracks = new Tracks(testimony.changes, [], topics.answered);
  const died = [...Map.groupBy(deaths, ({ part }) => part)].map(([part, some]) => `${part} ${some.length}×`);
  return [
    `the sync changed ${written('sharepoint')} fields in SharePoint and ${written('twenty')} in Twenty; conflicts told ${topics.conflicts.length}, refusals ${topics.refusals}, dead letters ${topics.deadLetters}`,
    `deletes that an older restore, under way on the other side, has undone: ${countCrossed(tracks)}`,
    `items that were deleted before the sync had heard that it had made them, and made again: ${countUnheardOf(tracks)}`,
    `died or did not start by themselves: ${died.length === 0 ? 'none' : died.join(', ')}; connector restarted by hand ${handRestarts}×`,
    restMs === null
      ? 'the sides did not come to rest'
      : `both sides agreed ${seconds(restMs)} s after the last fault and write`,
  ];
}

function violationLines(violations: readonly Violation[]): string[] {
  if (violations.length === 0) return ['violations: 0'];
  const kinds = [...Map.groupBy(violations, ({ kind }) => kind)].map(
    ([kind, some]) => `${kind} ${some.length}`,
  );
  const shown = violations
    .slice(0, 20)
    .map(({ kind, record, field, story }) => `  ${kind} ${record} ${field}: ${story}`);
  return [`violations: ${violations.length} (${kinds.join(', ')})`, ...shown];
}
