/**
 * A small world around the shipping reducers: one record, both sides, every queue between them, and people who edit.
 * All of it is plain data, so that a state can be hashed; every move is a pure function of it.
 */
import type { ItemIndex, RecordState, SharePointWrite, Side, TwentyWrite } from '@sync/core';
import type { Input } from '../../services/conflict-detector/src/brain/input.ts';
import { NOTHING_KNOWN } from '../../services/conflict-detector/src/brain/state.ts';
import type * as sharepoint from '../../services/sharepoint-writer/src/job.ts';
import type * as twenty from '../../services/twenty-writer/src/job.ts';
import type { Label } from '../../services/conflict-detector/src/labels.ts';
import { NOTHING_DONE } from './people.ts';
import type { People } from './people.ts';

export type Values = Readonly<Record<string, string | null>>;

export interface Row {
  /** False while it is soft-deleted. */
  readonly exists: boolean;
  /** Column to value. */
  readonly values: Values;
  /** Log position of its last change. */
  readonly lsn: number;
  /** When it was last changed, in edits since the start. */
  readonly at: number;
}

export interface Item {
  readonly id: number;
  /** False while it is in the recycle bin. */
  readonly exists: boolean;
  /** Column to value, the identity column among them. */
  readonly values: Values;
  /** Number in the eTag. */
  readonly number: number;
  readonly at: number;
  readonly byUser: boolean;
}

/** A partition of a topic: what its reader has had (kept only while it may be told again), and what is ahead. */
export interface Log<T> {
  readonly told: readonly T[];
  readonly ahead: readonly T[];
}

export interface Logs {
  readonly rowChanges: Log<Input>;
  readonly itemChanges: Log<Input>;
  readonly sharepointAnswers: Log<Input>;
  readonly twentyAnswers: Log<Input>;
  readonly decisions: Log<Input>;
  readonly toSharepoint: Log<SharePointWrite>;
  readonly toTwenty: Log<TwentyWrite>;
}

export type LogName = keyof Logs;

/** How often each may still happen. */
export type Budget = Readonly<Record<keyof typeof NO_BUDGET, number>>;

export const NO_BUDGET = {
  editTwenty: 0,
  editSharepoint: 0,
  deleteTwenty: 0,
  deleteSharepoint: 0,
  restoreTwenty: 0,
  restoreSharepoint: 0,
  crashBrain: 0,
  crashSharepointWriter: 0,
  crashTwentyWriter: 0,
  /** A dead writer's request, or one whose answer nobody waited for, arrives later. */
  ghost: 0,
  /** Graph does the work, and its answer is lost. */
  lostAnswer: 0,
  /** A reader goes back and is told again. */
  replay: 0,
  /** The brain is told decisions again. */
  replayDecisions: 0,
  /** A command is sent again though it was not lost. */
  resend: 0,
  /** Twenty refuses a value. */
  refusal: 0,
  /** A person answers a question. */
  resolve: 0,
  /** A person puts a value back that a conflict told as lost. */
  restore: 0,
  /** A command ends as a dead letter: it may have been carried out, and no answer ever comes. */
  deadLetter: 0,
  /** A user renames the other record. */
  rename: 0,
};

export interface World {
  readonly row: Row | null;
  readonly items: readonly Item[];
  readonly brain: RecordState;
  readonly logs: Logs;
  /** What the delta reader published of each item, and the item state it has read last. */
  readonly index: Readonly<Record<string, ItemIndex>>;
  readonly read: Readonly<Record<string, string>>;
  readonly sharepointWriter: SharePointWriterState;
  readonly twentyWriter: TwentyWriterState;
  readonly ghosts: { readonly sharepoint: sharepoint.Request | null; readonly twenty: twenty.Request | null };
  readonly budget: Budget;
  readonly people: People;
  /** A command went without an answer: once nothing else is to be done, it is old enough to be sent again (B14). */
  readonly isUnanswered: boolean;
  /** The other record, whose name this one shows; null where there is none. */
  readonly other: Other | null;
}

/** A second record of Twenty. Its own sync is that of the first one, so only what it means to the first is here. */
export interface Other {
  readonly name: string;
  /** Log position of its last change. */
  readonly lsn: number;
  /** What the log has told of it, and the brain's table of names has not taken in. */
  readonly told: readonly Label[];
  /** What the table says. */
  readonly known: Label | null;
  /** The table has changed, and the brain is to look at the record again. */
  readonly isLookDue: boolean;
}

export interface SharePointWriterState {
  readonly known: sharepoint.Known | null;
  /** The command at the head is being carried out; what is fixed is left out of the job. */
  readonly turn: { readonly job: Omit<sharepoint.Job, 'mapping'>; readonly step: sharepoint.Request } | null;
}

export interface TwentyWriterState {
  readonly sources: twenty.Job['sources'];
  readonly turn: {
    readonly job: Omit<twenty.Job, 'mapping' | 'place'>;
    readonly step: twenty.Request;
  } | null;
}

const EMPTY: Log<never> = { told: [], ahead: [] };

/** Nothing anywhere. */
export function emptyWorld(budget: Partial<Budget>): World {
  return {
    row: null,
    items: [],
    brain: NOTHING_KNOWN,
    logs: {
      rowChanges: EMPTY,
      itemChanges: EMPTY,
      sharepointAnswers: EMPTY,
      twentyAnswers: EMPTY,
      decisions: EMPTY,
      toSharepoint: EMPTY,
      toTwenty: EMPTY,
    },
    index: {},
    read: {},
    sharepointWriter: { known: null, turn: null },
    twentyWriter: { sources: {}, turn: null },
    ghosts: { sharepoint: null, twenty: null },
    budget: { ...NO_BUDGET, ...budget },
    people: NOTHING_DONE,
    isUnanswered: false,
    other: null,
  };
}

/** The world with more in a topic. */
export function append<N extends LogName>(world: World, name: N, more: Logs[N]['ahead']): World {
  const log = world.logs[name];
  return { ...world, logs: { ...world.logs, [name]: { ...log, ahead: [...log.ahead, ...more] } } };
}

/** The world whose reader of a topic is done with the record at the head. */
export function advance(world: World, name: LogName): World {
  const { told, ahead } = world.logs[name];
  const kept = isReplayable(world, name) ? [...told, ...ahead.slice(0, 1)] : [];
  return { ...world, logs: { ...world.logs, [name]: { told: kept, ahead: ahead.slice(1) } } };
}

/** True while a reader may go back in the topic. */
export function isReplayable({ budget }: World, name: LogName): boolean {
  return budget.replay > 0 || (name === 'decisions' && budget.replayDecisions > 0);
}

/** The world after something of which there is a limited number; null when it is used up. */
export function spend(world: World, what: keyof Budget): World | null {
  const left = world.budget[what];
  return left === 0 ? null : { ...world, budget: { ...world.budget, [what]: left - 1 } };
}

/** The item that is there now, or the last one that was. */
export function currentItem(world: World): Item | null {
  return world.items.findLast((item) => item.exists) ?? world.items.at(-1) ?? null;
}

/** What a side holds now; null when the record does not exist there. */
export function heldBy(world: World, side: Side): Values | null {
  const place = side === 'twenty' ? world.row : currentItem(world);
  return place?.exists === true ? place.values : null;
}

/** The next position in Twenty's log, which all records share. */
export function nextLsn({ row, other }: World): number {
  return Math.max(row?.lsn ?? 0, other?.lsn ?? 0) + 1;
}
