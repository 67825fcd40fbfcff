/** Every kind of fault that chaos knows, as one table. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '../chaos-stack.ts';
import { limitFiles } from '../processes.ts';
import { CLEAR } from '../proxy.ts';
import type { Weather } from '../proxy.ts';
import type { FaultKind, Reach } from './fault.ts';

const INFRASTRUCTURE = /^(postgres|kafka|connect|registry|simulator)/;
const services = (parts: readonly string[]): string[] => parts.filter((part) => !INFRASTRUCTURE.test(part));
const only =
  (pattern: RegExp) =>
  (parts: readonly string[]): string[] =>
    parts.filter((part) => pattern.test(part));
const STATEFUL = /^(conflict-detector|delta-reader|mapping-keeper|change-normalizer|list-keeper)/;
const DOORS = ['postgres', 'kafka', 'kafka-2', 'kafka-3', 'registry', 'simulator-https', 'webhook-receiver'];

const kill = (reach: Reach, target: string, ms: number): Promise<void> =>
  reach.stack.restart(target, 'SIGKILL', ms);
const freeze = (reach: Reach, target: string, ms: number): Promise<void> => reach.stack.freeze(target, ms);

function weather(make: (target: string) => Weather): FaultKind['strike'] {
  return async (reach, target, ms) => {
    const door = reach.stack.doors.get(target);
    if (door === undefined) throw new Error(`there is no door ${target}`);
    door.setWeather(make(target));
    await pause(ms);
    door.setWeather(CLEAR);
  };
}

/** Sets something at the simulator, and sets it back. */
function turned(path: string, on: object, off: object): FaultKind['strike'] {
  return async ({ simulator }, _target, ms) => {
    await insist(() => simulator('PATCH', path, on));
    await pause(ms);
    await insist(() => simulator('PATCH', path, off));
  };
}

/** The simulator itself may be down at the moment. */
async function insist(action: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await action();
      return;
    } catch (error) {
      if (attempt === 20) throw error;
      await pause(500);
    }
  }
}

const SHORT = [300, 2_000] as const;
const MIDDLE = [2_000, 6_000] as const;
const LONG = [5_000, 10_000] as const;
const graph = (): string[] => ['simulator'];

export const FAULT_KINDS: readonly FaultKind[] = [
  { kind: 'kill service', ms: SHORT, targets: services, strike: kill },
  { kind: 'freeze service', ms: MIDDLE, targets: services, strike: freeze },
  { kind: 'kill broker', ms: MIDDLE, targets: only(/^kafka/), strike: kill },
  { kind: 'freeze broker', ms: MIDDLE, targets: only(/^kafka/), strike: freeze },
  { kind: 'kill Connect worker', ms: SHORT, targets: only(/^connect/), strike: kill },
  { kind: 'freeze Connect worker', ms: MIDDLE, targets: only(/^connect/), strike: freeze },
  { kind: 'registry down', ms: LONG, targets: only(/^registry$/), strike: kill },
  { kind: 'kill PostgreSQL', ms: SHORT, targets: only(/^postgres$/), strike: kill },
  { kind: 'freeze PostgreSQL', ms: MIDDLE, targets: only(/^postgres$/), strike: freeze },
  { kind: 'kill Graph', ms: SHORT, targets: graph, strike: kill },
  { kind: 'freeze Graph', ms: MIDDLE, targets: graph, strike: freeze },
  {
    kind: '429 storm',
    ms: LONG,
    targets: graph,
    strike: turned('/faults', { next429: 60, retryAfterS: 2 }, { next429: 0, retryAfterS: 1 }),
  },
  { kind: '503 storm', ms: LONG, targets: graph, strike: turned('/faults', { next503: 60 }, { next503: 0 }) },
  {
    kind: 'commit, then 504',
    ms: MIDDLE,
    targets: graph,
    strike: turned('/faults', { commitThen504: 12 }, { commitThen504: 0 }),
  },
  {
    kind: 'token expiry',
    ms: LONG,
    targets: graph,
    strike: turned('/knobs', { tokenLifetimeS: 1 }, { tokenLifetimeS: 3_599 }),
  },
  {
    kind: 'notification loss',
    ms: LONG,
    targets: graph,
    strike: turned('/faults', { dropNotifications: 10_000 }, { dropNotifications: 0 }),
  },
  {
    kind: 'notifications twice',
    ms: LONG,
    targets: graph,
    strike: turned('/faults', { duplicateNotifications: 10_000 }, { duplicateNotifications: 0 }),
  },
  {
    kind: 'delta token expiry',
    ms: [0, 0],
    targets: graph,
    strike: async ({ simulator, listIds }) => {
      for (const id of listIds) await insist(() => simulator('POST', `/lists/${id}/expire-deltas`));
    },
  },
  {
    kind: 'rebalance storm',
    ms: SHORT,
    targets: only(/-2$/),
    strike: async ({ stack }, target, ms) => {
      for (let round = 0; round < 3; round += 1) await stack.restart(target, undefined, ms / 3);
    },
  },
  {
    kind: 'local state lost',
    ms: SHORT,
    targets: only(STATEFUL),
    strike: ({ stack }, target, ms) =>
      stack.restart(target, 'SIGKILL', ms, () =>
        rm(join(stack.dataDir, 'services', target), { recursive: true, force: true }),
      ),
  },
  {
    kind: 'disk full',
    ms: MIDDLE,
    targets: only(STATEFUL),
    strike: async ({ stack }, target, ms) => {
      const pid = stack.pidOf(target);
      if (pid === undefined) return;
      limitFiles(pid, 4_096);
      await pause(ms);
      if (stack.pidOf(target) === pid) limitFiles(pid, null);
    },
  },
  {
    kind: 'clock jump',
    ms: LONG,
    targets: only(/^(conflict-detector|sharepoint-writer|delta-reader|twenty-writer|list-keeper)/),
    strike: async ({ stack }, target, ms) => {
      const pid = stack.pidOf(target);
      if (pid === undefined) return;
      process.kill(pid, 'SIGUSR2');
      await pause(ms);
      if (stack.pidOf(target) === pid) process.kill(pid, 'SIGUSR2');
    },
  },
  {
    kind: 'slot lost',
    ms: SHORT,
    targets: only(/^postgres$/),
    strike: async ({ sql, recapture }, _target, ms) => {
      await insist(async () => {
        await sql(
          `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = 'twenty_sync' AND active`,
        );
        await sql(
          `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'twenty_sync'`,
        );
      });
      await pause(ms);
      await insist(recapture);
    },
  },
  { kind: 'network cut', ms: MIDDLE, targets: () => DOORS, strike: weather(() => ({ kind: 'cut' })) },
  {
    kind: 'network half-open',
    ms: LONG,
    targets: () => DOORS,
    strike: weather(() => ({ kind: 'halfOpen' })),
  },
  {
    kind: 'network latency',
    ms: LONG,
    targets: () => DOORS,
    strike: weather(() => ({ kind: 'latency', ms: 150 })),
  },
  {
    kind: 'network slow',
    ms: LONG,
    targets: () => DOORS,
    strike: weather(() => ({ kind: 'slow', bytesPerSecond: 200_000 })),
  },
  {
    kind: 'network reset',
    ms: [0, 0],
    targets: () => DOORS,
    strike: async ({ stack }, target) => stack.doors.get(target)?.reset(),
  },
];
