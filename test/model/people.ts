/** The books on what people did: whose values must still stand somewhere, and what may be called a conflict. */
import { ALIVE } from '@sync/core';
import type { Conflict, Side } from '@sync/core';

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
  const open = { ...without(people.open, [before]), [value]: field };
  const moved = markEdited(people, side, field);
  return {
    ...moved,
    open,
    last: { ...people.last, [field]: value },
    next: people.next + 1,
    slack: people.slack + 1,
  };
}

/** Books a delete or a restore; whoever does it has seen what the record holds on that side. */
export function noteLife(
  people: People,
  side: Side,
  lives: boolean,
  seen: readonly (string | null)[],
): People {
  const risen = [...people.risen.filter((one) => one !== side), ...(lives ? [side] : [])];
  return {
    ...markEdited(people, side, ALIVE),
    risen,
    buried: !lives && risen.length === 0,
    open: without(people.open, seen),
    next: people.next + 1,
    // A record that goes and comes back takes all its fields along, so edits under way are made once more.
    slack: people.slack + 2,
  };
}

/** The pipeline is at rest and both sides agree: conflicts can only come from what people do from now on. */
export function settled(people: People): People {
  return { ...people, edited: {}, last: {}, risen: [] };
}

/** Books a conflict: its losing value is kept, so it is accounted for; and it must have a reason. */
export function noteConflict(people: People, conflict: Conflict): People {
  const lost = {
    twenty: [conflict.sharepointValue],
    sharepoint: [conflict.twentyValue],
    undecided: [],
    merged: [conflict.twentyValue, conflict.sharepointValue],
  };
  const open = conflict.field === ALIVE ? people.open : without(people.open, lost[conflict.winner]);
  const buried = people.buried && conflict.field !== ALIVE;
  return blame({ ...people, open, buried }, falseReason(people, conflict));
}

function falseReason(people: People, { field, kind, winner }: Conflict): string | null {
  const edited = people.edited[field] ?? [];
  if (kind === 'buriedByDelete') {
    const victim = winner === 'twenty' ? 'sharepoint' : 'twenty';
    return edited.includes(victim) ? null : `a delete is said to bury an edit of ${field} that nobody made`;
  }
  return edited.length === 2 ? null : `a conflict is told on ${field}, which was not edited on both sides`;
}

/** The first violation is the one that counts. */
export function blame(people: People, violation: string | null): People {
  return violation === null || people.violation !== null ? people : { ...people, violation };
}

function markEdited(people: People, side: Side, field: string): People {
  const sides = [...new Set([...(people.edited[field] ?? []), side])].sort();
  return { ...people, edited: { ...people.edited, [field]: sides } };
}

function without(open: People['open'], values: readonly (string | null)[]): People['open'] {
  return Object.fromEntries(Object.entries(open).filter(([value]) => !values.includes(value)));
}
