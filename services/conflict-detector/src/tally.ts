/** How many records of an object were lately deleted or overwritten, and whether a person is being asked about more of them. */
import { ALIVE } from '@sync/core';
import type { RecordIds, RecordState, Side } from '@sync/core';
import type { MassKind } from './brain/breaker.ts';
import { isAsked } from './brain/decision.ts';
import { openWishes, SIDES } from './brain/state.ts';

export interface Mass {
  /** Records written so within the window. */
  readonly written: number;
  /** True while the question about a further one is open. */
  readonly isAsked: boolean;
}

/** One instance counts what it owns: n instances let at most n times the limit pass. */
export interface Tally {
  /** Takes note of what a record's newest state asks for that the one before did not. `now` in milliseconds since 1970. */
  note(key: string, before: RecordState | undefined, after: RecordState, now: number): void;
  massOf(ids: Omit<RecordIds, 'recordId'>, side: Side, kind: MassKind, since: number): Mass;
}

const KINDS: readonly MassKind[] = ['massDelete', 'massOverwrite'];

/** `stateOf` tells the newest state of any record. */
export function createTally(stateOf: (key: string) => RecordState | undefined): Tally {
  const written = new Map<string, number[]>();
  const asked = new Map<string, Set<string>>();
  return {
    note: (key, before, after, now) => {
      const object = key.slice(0, key.lastIndexOf('|'));
      for (const side of SIDES) {
        const kind = massWriteOf(before, after, side);
        if (kind !== null) entryOf(written, `${object}|${kind}|${side}`, (): number[] => []).push(now);
      }
      for (const kind of KINDS)
        if (asksAbout(after, kind)) entryOf(asked, `${object}|${kind}`, () => new Set<string>()).add(key);
    },
    massOf: ({ workspaceId, object }, side, kind, since) => {
      const times = written.get(`${workspaceId}|${object}|${kind}|${side}`) ?? [];
      times.splice(0, times.findLastIndex((at) => at < since) + 1);
      return { written: times.length, isAsked: stillAsked(asked, `${workspaceId}|${object}|${kind}`, kind) };
    },
  };

  // Another instance may have got the answer, so the newest state decides.
  function stillAsked(all: Map<string, Set<string>>, group: string, kind: MassKind): boolean {
    const keys = all.get(group) ?? new Set<string>();
    for (const key of keys) {
      const state = stateOf(key);
      if (state !== undefined && asksAbout(state, kind)) return true;
      keys.delete(key);
    }
    return false;
  }
}

/** What a command that was not out before would do to an existing row or item. */
function massWriteOf(before: RecordState | undefined, after: RecordState, side: Side): MassKind | null {
  const open = openWishes(after, side);
  if (open === null || (before !== undefined && openWishes(before, side)?.commandId === open.commandId))
    return null;
  const life = open.wishes[ALIVE];
  if (life !== undefined) return life.value === 'false' ? 'massDelete' : null;
  return Object.values(open.wishes).some((wish) => wish.expected !== null) ? 'massOverwrite' : null;
}

function asksAbout(state: RecordState, kind: MassKind): boolean {
  return Object.entries(state.review).some(
    ([field, review]) => review.kind === kind && isAsked(state, field),
  );
}

function entryOf<V>(entries: Map<string, V>, key: string, make: () => V): V {
  const known = entries.get(key);
  if (known !== undefined) return known;
  const made = make();
  entries.set(key, made);
  return made;
}
