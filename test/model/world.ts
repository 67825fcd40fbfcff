/**
 * A small world around the shipping reducers: one record, two fields, both sides, every queue between them, and people who edit.
 * All of it is plain data, so that a state can be hashed; every transition is a pure function of it.
 */
import { ALIVE } from '@sync/core';
import type { RecordState, Side, Wish } from '@sync/core';
import type { Clash } from '../../services/conflict-detector/src/brain/desire.ts';
import type { Input } from '../../services/conflict-detector/src/brain/input.ts';
import { NOTHING_KNOWN } from '../../services/conflict-detector/src/brain/state.ts';
import type { Turn } from '../../services/sharepoint-writer/src/job.ts';
import type { Known } from '../../services/sharepoint-writer/src/known.ts';

export type FieldName = 'f' | 'g';
export type Values = Readonly<Record<FieldName, string | null>>;

export interface Row {
  readonly exists: boolean;
  readonly values: Values;
  /** Log position of its last change. */
  readonly lsn: number;
}

export interface Item {
  readonly id: number;
  readonly exists: boolean;
  readonly values: Values;
  /** Number in the eTag. */
  readonly number: number;
  readonly generation: number;
}

export interface SharePointCommand {
  readonly basis: string;
  readonly etag: string | null;
  readonly itemId: string | null;
  readonly generation: number;
  readonly wishes: readonly Wish[];
}

export interface TwentyCommand {
  readonly exists: boolean;
  readonly wishes: readonly Wish[];
  readonly expected: Readonly<Record<string, string | null>>;
}

/** What people may still do. */
export interface Budget {
  readonly editTwenty: number;
  readonly editSharepoint: number;
  readonly deleteTwenty: number;
  readonly deleteSharepoint: number;
  readonly restoreTwenty: number;
  readonly crashSharepointWriter: number;
  readonly crashTwentyWriter: number;
  readonly resend: number;
  readonly replay: number;
}

export interface World {
  readonly row: Row | null;
  readonly items: readonly Item[];
  readonly brain: RecordState;
  /** Changes of the row on their way to the brain. */
  readonly rowChanges: readonly Input[];
  /** Item states that the delta reader has read, on their way to the brain. */
  readonly itemChanges: readonly Input[];
  /** Which item state the delta reader has read last. */
  readonly read: string;
  readonly toSharepoint: readonly SharePointCommand[];
  readonly toTwenty: readonly TwentyCommand[];
  readonly fromSharepoint: readonly Input[];
  readonly fromTwenty: readonly Input[];
  readonly writer: { readonly known: Known | null; readonly turn: Turn | null };
  /** The Twenty writer has carried the first command out, and not answered yet. */
  readonly twentyDone: Input | null;
  readonly budget: Budget;
  readonly people: People;
}

/** What people did: who wrote which value, and which values are accounted for. */
export interface People {
  readonly nextValue: number;
  /** Values that a person wrote and that nobody has knowingly replaced, with their field. */
  readonly open: Readonly<Record<string, FieldName>>;
  /** Sides on which a person has edited a field. */
  readonly edited: Readonly<Record<FieldName, readonly Side[]>>;
  readonly died: boolean;
  /** Conflicts told although no field was edited on both sides. */
  readonly falseConflicts: readonly string[];
}

export const FIELDS: readonly FieldName[] = ['f', 'g'];
const START: Values = { f: 'a', g: 'a' };

/** Both sides hold the same and the brain knows it. */
export function startInStep(budget: Budget): World {
  const row = { exists: true, values: START, lsn: 1 };
  const item = { id: 1, exists: true, values: START, number: 1, generation: 0 };
  const version = itemVersion(item);
  const agreed = Object.fromEntries([ALIVE, ...FIELDS].map((field) => [field, { value: field === ALIVE ? 'true' : 'a', twentyVersion: rowVersion(1), sharepointVersion: version }]));
  const register = (at: string) => Object.fromEntries([ALIVE, ...FIELDS].map((field) => [field, { value: field === ALIVE ? 'true' : 'a', version: at, at: null }]));
  const brain: RecordState = {
    ...NOTHING_KNOWN,
    twenty: register(rowVersion(1)),
    sharepoint: register(version),
    top: { version, itemId: '1', etag: etagOf(item) },
    agreed,
  };
  return { ...empty(budget), row, items: [item], brain, read: version };
}

/** A row that nobody has seen yet; no item. */
export function startWithNewRow(budget: Budget): World {
  const row = { exists: true, values: START, lsn: 1 };
  return { ...empty(budget), row, rowChanges: [rowSeen(row)] };
}

function empty(budget: Budget): World {
  return {
    row: null,
    items: [],
    brain: NOTHING_KNOWN,
    rowChanges: [],
    itemChanges: [],
    read: '',
    toSharepoint: [],
    toTwenty: [],
    fromSharepoint: [],
    fromTwenty: [],
    writer: { known: null, turn: null },
    twentyDone: null,
    budget,
    people: { nextValue: 1, open: {}, edited: { f: [], g: [] }, died: false, falseConflicts: [] },
  };
}

export function rowVersion(lsn: number, own = false): string {
  return `${String(lsn).padStart(6, '0')}${own ? 'f' : '0'}`;
}

export function etagOf(item: Item): string {
  return `"u${item.id},${item.number}"`;
}

export function itemVersion(item: Item): string {
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
  return `${hex(item.id, 12)}-${hex(item.generation, 4)}-${item.exists ? hex(item.number, 12) : 'f'.repeat(12)}`;
}

export function rowSeen(row: Row): Input {
  return {
    kind: 'seen',
    side: 'twenty',
    seen: { version: rowVersion(row.lsn), exists: row.exists, values: { ...row.values }, unchanged: [], at: row.lsn * 10_000, itemId: null, etag: null },
  };
}

export function itemSeen(item: Item): Input {
  const values = item.exists ? { ...item.values } : {};
  return {
    kind: 'seen',
    side: 'sharepoint',
    seen: { version: itemVersion(item), exists: item.exists, values, unchanged: [], at: null, itemId: String(item.id), etag: item.exists ? etagOf(item) : null },
  };
}

/** The item that is there now, or the last one that was. */
export function currentItem(world: World): Item | null {
  return world.items.findLast((item) => item.exists) ?? world.items.at(-1) ?? null;
}

/** Takes note of conflicts: their losing values are kept, so they are accounted for. */
export function noteConflicts(people: People, brain: RecordState, clashes: readonly Clash[]): People {
  return clashes.reduce((so, clash) => {
    if (clash.field === ALIVE) return so;
    const field = clash.field as FieldName;
    const values = [brain.twenty[field]?.value, brain.sharepoint[field]?.value];
    const open = Object.fromEntries(Object.entries(so.open).filter(([value]) => !values.includes(value)));
    const isFalse = clash.kind === 'bothEdited' && so.edited[field].length < 2;
    return { ...so, open, falseConflicts: isFalse ? [...so.falseConflicts, clash.field] : so.falseConflicts };
  }, people);
}
