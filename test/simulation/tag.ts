/** A value and the user who made it. What follows from how the values of one field came one after the other. */
import { ALIVE } from '@sync/core';
import type { Side } from '@sync/core';

export interface Tag {
  readonly id: number;
  readonly side: Side;
  readonly value: string | null;
  /** The tag that the user saw and replaced. */
  readonly over: Tag | null;
  /** A user replaced it, or deleted its record, having it in front of him. */
  replaced: boolean;
  /** It stands in a conflict as the loser, or lies with a person. */
  recorded: boolean;
  /** The pipeline has brought it to the other side. */
  carried: boolean;
}

/** A field of a record on one side: what stands, and all that ever stood. */
export interface Slot {
  tag: Tag | null;
  readonly history: Tag[];
}

/** Fields whose values are unique, so that a value names its tag. */
export const UNIQUE = new Set([
  'name',
  'employees',
  'industry',
  'annualRevenue',
  'firstName',
  'lastName',
  'jobTitle',
]);

/** A field that nobody ever filled is blank. */
export const EMPTY: Readonly<Record<string, Tag>> = {
  null: { id: 0, side: 'twenty', value: null, over: null, replaced: true, recorded: true, carried: true },
};

/** Nobody can have seen what was deleted and brought back between two looks, and whoever puts a value back has made no edit. */
export function isUnseen(field: string, tag: Tag): boolean {
  if (field === ALIVE && tag.over?.side === tag.side && !tag.over.carried) return true;
  for (let one = tag.over; one !== null; one = one.over) if (one.value === tag.value) return true;
  return tag.value === null;
}

/**
 * A value that the pipeline had brought was undone: its side holds again exactly what stood before. When the write is carried out
 * a second time, because its answer was lost, nothing on that side shows that it was there already.
 */
export function isPutBack({ tag: standing, history }: Slot, tag: Tag, atFirst: string | null): boolean {
  const first = history.indexOf(tag);
  if (standing === null || standing === tag || first < 0) return false;
  return (first === 0 ? atFirst : history[first - 1]?.value) === standing.value;
}

export function descends(tag: Tag, ancestor: Tag): boolean {
  for (let one = tag.over; one !== null; one = one.over) if (one === ancestor) return true;
  return false;
}
