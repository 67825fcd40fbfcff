/** The books on what people did: whose values must still stand somewhere, and what may be called a conflict. */
import { ALIVE } from '@sync/core';
import type { Conflict, Side } from '@sync/core';
import { contested, goneFrom, partsOf } from './parts.ts';

export interface People {
  /** Number of the next edit; also the clock of the model. */
  readonly next: number;
  /** Values that a person wrote and nobody has knowingly replaced, nor a conflict recorded as lost, with their field. */
  readonly open: Readonly<Record<string, string>>;
  /** Field (existence too) to the sides on which a person has changed it since the pipeline was last at rest. */
  readonly edited: Readonly<Record<string, readonly Side[]>>;
  /** Field to the value of its last edit. */
  readonly last: Readonly<Record<string, string>>;
  /** Sides on which a person has brought the record back since the pipeline was last at rest. */
  readonly risen: readonly Side[];
  /** The last word on life was a delete, and no one brought the record back on the other side meanwhile. */
  readonly buried: boolean;
  /** Values that a told conflict recorded as lost, with their field; kept only while one may still be put back. */
  readonly kept: Readonly<Record<string, string>>;
  /** Times of the decisions that counted. */
  readonly counted: readonly number[];
  /** Field to the value that was decided for both sides, until a user makes another change. */
  readonly due: Readonly<Record<string, string | null>>;
  /** Values of their own that people decided; from when they stand in Twenty on they are edits made there. */
  readonly granted: Readonly<Record<string, string>>;
  /** Changes that people made, less the writes they led to. */
  readonly slack: number;
  /** What must never have happened. */
  readonly violation: string | null;
}

export const NOTHING_DONE: People = {
  next: 1,
  open: {},
  edited: {},
  last: {},
  risen: [],
  buried: false,
  kept: {},
  counted: [],
  due: {},
  granted: {},
  slack: 0,
  violation: null,
};

/** Books a person's edit of one field. */
export function noteEdit(
  people: People,
  side: Side,
  field: string,
  before: string | null,
  value: string,
): People {
  const typed = goneFrom(value, before);
  const open = { ...omit(people.open, goneFrom(before, value)), ...byField(typed, field) };
  const moved = markEdited(people, side, field);
  return {
    ...moved,
    open,
    last: { ...people.last, [field]: value },
    due: omit(people.due, [field]),
    granted: omit(people.granted, goneFrom(before, value)),
    next: people.next + 1,
    slack: people.slack + 1,
  };
}

/**
 * Books a delete or a restore; whoever does it has seen what the record holds on that side. `isOurs`: a delete of which nobody can
 * tell that it was not the pipeline's own.
 */
export function noteLife(
  people: People,
  side: Side,
  lives: boolean,
  seen: readonly (string | null)[],
  isOurs: boolean,
): People {
  const risen = [...people.risen.filter((one) => one !== side), ...(lives ? [side] : [])];
  // What was decided before a delete may land all the same, as an edit of Twenty's.
  const decided = lives ? [] : Object.values(people.granted);
  const edited = decided.reduce((marked, field) => markEdited(marked, 'twenty', field), people);
  return {
    ...markEdited(edited, side, ALIVE),
    risen,
    buried: isOurs ? people.buried : !lives && risen.length === 0,
    // A delete ends what was decided; what was put back is on record as lost before that.
    open: omit(people.open, [...seen.flatMap(partsOf), ...(lives ? [] : Object.keys(people.kept))]),
    due: lives ? omit(people.due, [ALIVE]) : {},
    granted: lives ? people.granted : {},
    next: people.next + 1,
    // A record that goes and comes back takes all its fields along, so edits under way are made once more.
    slack: people.slack + 2,
  };
}

/** The pipeline is at rest and both sides agree: conflicts can only come from what people do from now on. */
export function settled(people: People): People {
  return { ...people, edited: {}, last: {}, risen: [] };
}

/**
 * Books a conflict: its losing value is kept, so it is accounted for; and it must have a reason. A decision is told as a
 * conflict too, but accounts only for what the person saw; see decisions.ts.
 */
export function noteConflict(people: People, conflict: Conflict, mayPutBack: boolean): People {
  if (conflict.strategy === 'person') return people;
  const losing = conflict.field === ALIVE ? [] : losersOf(conflict);
  const open = omit(people.open, losing.flatMap(partsOf));
  const kept = mayPutBack ? { ...people.kept, ...byField(losing, conflict.field) } : people.kept;
  const buried = people.buried && conflict.field !== ALIVE;
  return blame({ ...people, open, kept, buried }, falseReason(people, conflict));
}

/** A merge by parts accounts only for the parts that both sides changed. */
function losersOf({ base, twentyValue, sharepointValue, winner, strategy }: Conflict): (string | null)[] {
  if (winner === 'undecided') return [];
  if (strategy === 'fieldMerge') return contested(base, twentyValue, sharepointValue);
  return winner === 'twenty' ? [sharepointValue] : [twentyValue];
}

function falseReason(people: People, { field, kind }: Conflict): string | null {
  const edited = people.edited[field] ?? [];
  // The edit may have come from the other side: on its way it has outlived the item that it was made on.
  if (kind === 'buriedByDelete')
    return edited.length > 0 ? null : `a delete is said to bury an edit of ${field} that nobody made`;
  if (kind === 'loop' || kind === 'massDelete' || kind === 'massOverwrite')
    return edited.length > 0 ? null : `${field} is held as a ${kind}, and nobody edited it`;
  return edited.length === 2 ? null : `a conflict is told on ${field}, which was not edited on both sides`;
}

/** The first violation is the one that counts. */
export function blame(people: People, violation: string | null): People {
  return violation === null || people.violation !== null ? people : { ...people, violation };
}

export function markEdited(people: People, side: Side, field: string): People {
  const sides = [...new Set([...(people.edited[field] ?? []), side])].sort();
  return { ...people, edited: { ...people.edited, [field]: sides } };
}

export function omit<V>(
  from: Readonly<Record<string, V>>,
  names: readonly (string | null)[],
): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
}

/** Values with their field; NULL is none. */
export function byField(values: readonly (string | null)[], field: string): Readonly<Record<string, string>> {
  return Object.fromEntries(values.flatMap((value) => (value === null ? [] : [[value, field] as const])));
}
