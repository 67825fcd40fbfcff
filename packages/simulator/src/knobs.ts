import type { IfMatchMode } from './lists/etag.ts';
import type { UniqueViolation } from './lists/items.ts';

/** Behaviour that the documents leave open, or that a test wants to turn. */
export interface Knobs {
  latencyMs: number;
  notifyDelayMs: number;
  tokenLifetimeS: number;
  pageSize: number;
  deltaPageSize: number;
  deltaVisibilityMs: number;
  deltaRetentionMs: number;
  uniqueViolation: UniqueViolation;
  ifMatch: IfMatchMode;
  strictChoice: boolean;
}

interface KnobRow<T> {
  readonly fallback: T;
  readonly accepts: (value: unknown) => boolean;
  readonly doc: string;
}

const amount = (least: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= least;
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown) =>
    values.includes(value);

/** Every knob with its default; the README's table is held to this one by a test. */
export const KNOBS: { readonly [K in keyof Knobs]: KnobRow<Knobs[K]> } = {
  latencyMs: { fallback: 0, accepts: amount(0), doc: 'Round trip added to every Graph request, in ms.' },
  notifyDelayMs: {
    fallback: 1_000,
    accepts: amount(0),
    doc: 'Time from a change to its notification, in ms; changes meanwhile share it.',
  },
  tokenLifetimeS: { fallback: 3_599, accepts: amount(1), doc: '`expires_in` of new tokens, in seconds.' },
  pageSize: { fallback: 200, accepts: amount(1), doc: 'Items or lists per page without `$top`.' },
  deltaPageSize: { fallback: 200, accepts: amount(1), doc: 'Items per delta page without `$top`.' },
  deltaVisibilityMs: {
    fallback: 0,
    accepts: amount(0),
    doc: 'Time a change stays invisible to delta, in ms.',
  },
  deltaRetentionMs: {
    fallback: 60 * 86_400_000,
    accepts: amount(0),
    doc: 'Age at which a delta token is answered with 410, in ms.',
  },
  uniqueViolation: {
    fallback: 409,
    accepts: oneOf(409, 400, 500),
    doc: 'Status of a duplicate in a unique column: 409, 400 or 500.',
  },
  ifMatch: {
    fallback: 'honour',
    accepts: oneOf('honour', 'ignore', 'conflict409'),
    doc: 'Answer to a stale If-Match: `honour` (412), `ignore`, `conflict409`.',
  },
  strictChoice: {
    fallback: false,
    accepts: oneOf(true, false),
    doc: 'Refuse choices outside the list when `allowTextEntry` is false.',
  },
};

export function defaultKnobs(): Knobs {
  return Object.fromEntries(
    Object.entries(KNOBS).map(([name, row]) => [name, row.fallback]),
  ) as unknown as Knobs;
}

/** Turns the named knobs; answers every mistake and, if there is one, turns none. */
export function turnKnobs(knobs: Knobs, changes: Readonly<Record<string, unknown>>): string[] {
  const rows = new Map<string, KnobRow<unknown>>(Object.entries(KNOBS));
  const mistakes = Object.entries(changes)
    .filter(([name, value]) => rows.get(name)?.accepts(value) !== true)
    .map(([name, value]) => {
      const row = rows.get(name);
      return row === undefined
        ? `${name} is not a knob`
        : `${name} does not take ${String(value)}: ${row.doc}`;
    });
  if (mistakes.length === 0) Object.assign(knobs, changes);
  return mistakes;
}
