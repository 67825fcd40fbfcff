/**
 * Codecs translate one mapping field between a Twenty row, its canonical value, and a SharePoint item.
 *
 * A canonical value is text or null, and two values are equal when their texts are; several columns that belong together
 * (an amount and its currency) are one value, a JSON array of texts. Every codec obeys two laws, held by codec.test.ts:
 * what was encoded decodes to itself, on either side (an edit that is no edit never shows), and decoding never fails.
 */
import { SyncError } from '../errors.ts';
import { canonicalDecimal, roundDecimal, shiftDecimal } from './decimal.ts';

/** A value of a Twenty column: numbers that need exactness, dates and enums are text. */
export type RowValue = null | boolean | number | string | readonly string[];

/** What encoding gives: the column values, or why the value cannot stand there. */
export type Encoded<V> =
  | { readonly ok: true; readonly values: readonly V[] }
  | { readonly ok: false; readonly code: string; readonly reason: string };

export interface Codec {
  fromRow(values: readonly RowValue[]): string | null;
  toRow(value: string | null): Encoded<RowValue>;
  fromItem(values: readonly unknown[]): string | null;
  toItem(value: string | null): Encoded<unknown>;
}

/** Longest text of a single-line SharePoint column (graph.md §1.3). */
const SINGLE_LINE = 255;

const ok = <V>(...values: readonly V[]): Encoded<V> => ({ ok: true, values });
const no = (code: string, reason: string): { ok: false; code: string; reason: string } => ({
  ok: false,
  code,
  reason,
});

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fitsSingleLine(value: string | null): Encoded<unknown> {
  if (value !== null && value.length > SINGLE_LINE) {
    return no(
      'too-long',
      `the text has ${value.length} characters, the column holds ${SINGLE_LINE}: shorten it in Twenty`,
    );
  }
  if (value !== null && /[\r\n]/.test(value))
    return no('line-break', 'the column holds a single line: remove the line break in Twenty');
  return ok(value);
}

function textCodec(normalise: (text: string) => string | null): Codec {
  const from = (values: readonly unknown[]): string | null => {
    const text = textOf(values[0]);
    return text === null ? null : normalise(text);
  };
  return { fromRow: from, fromItem: from, toRow: (value) => ok(value), toItem: fitsSingleLine };
}

/** Text as it is; an empty text is NULL. */
export const text = textCodec((value) => value);

/** E-mail address in lower case, as Twenty keeps it. */
export const email = textCodec((value) => value.trim().toLowerCase() || null);

/** A URL as Twenty normalises it: origin in lower case, no slash at the end. */
export const url = textCodec((value) => {
  // Slashes and blanks go together: a blank that a slash had covered would go one reading later, as an edit.
  // The look behind keeps it linear: a run is tried from its first character only.
  const trimmed = value.trim().replace(/(?<![\s/])[\s/]+$/, '');
  return trimmed.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, (origin) => origin.toLowerCase()) || null;
});

/** A reference to another record by its id. */
export const reference: Codec = {
  ...textCodec((value) => value.trim().toLowerCase() || null),
  toRow: (value) =>
    value === null || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
      ? ok(value)
      : no('not-an-id', 'the value is no record id: copy the TwentyId of an existing record'),
};

/** Yes or no. */
export const flag: Codec = {
  fromRow: ([value]) => flagOf(value),
  fromItem: ([value]) => flagOf(value),
  toRow: (value) => ok(value === null ? null : value === 'true'),
  toItem: (value) => ok(value === null ? null : value === 'true'),
};

function flagOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value === true || value === 'true' || value === 1 ? 'true' : 'false';
}

/** A number that a double holds, such as a count. */
export const number: Codec = {
  fromRow: ([value]) => doubleOf(value),
  fromItem: ([value]) => doubleOf(value),
  toRow: (value) => ok(value === null ? null : Number(value)),
  toItem: (value) => ok(value === null ? null : Number(value)),
};

function doubleOf(value: unknown): string | null {
  const decimal = decimalOf(value);
  return decimal === null ? null : decimalOf(Number(decimal));
}

function decimalOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return canonicalDecimal(String(value));
  return typeof value === 'string' ? canonicalDecimal(value) : null;
}

/** A point in time with whole seconds, which is what SharePoint holds. */
export const dateTime: Codec = {
  fromRow: ([value]) => secondsOf(value),
  fromItem: ([value]) => secondsOf(value),
  toRow: (value) => ok(value),
  toItem: (value) =>
    value === null || (value >= '1900' && value < '8900')
      ? ok(value)
      : no('date-out-of-range', 'SharePoint holds dates from 1900 to 8899: correct the date in Twenty'),
};

function secondsOf(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const time = Date.parse(value);
  return Number.isNaN(time)
    ? null
    : new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}

/** Several texts that belong together; null when all are. */
export function textGroup(size: number): Codec {
  const from = (values: readonly unknown[]): string | null =>
    group(Array.from({ length: size }, (_, i) => textOf(values[i])));
  return {
    fromRow: from,
    fromItem: from,
    toRow: (value) => ok(...ungroup(value, size)),
    toItem: (value) => {
      const parts = ungroup(value, size);
      const bad = parts.map(fitsSingleLine).find((part) => !part.ok);
      return bad ?? ok(...parts);
    },
  };
}

function group(parts: readonly (string | null)[]): string | null {
  return parts.every((part) => part === null) ? null : JSON.stringify(parts);
}

function ungroup(value: string | null, size: number): readonly (string | null)[] {
  return value === null ? Array<null>(size).fill(null) : partsOf(value);
}

/** The parts of a canonical value that is a group. Throws RECORD_UNREADABLE when it is none. */
export function partsOf(value: string): readonly (string | null)[] {
  const parts = parsed(value);
  if (Array.isArray(parts) && parts.every(isTextOrNull)) return parts;
  throw new SyncError('RECORD_UNREADABLE', 'reading a canonical value: it is no JSON array of texts');
}

function isTextOrNull(part: unknown): part is string | null {
  return part === null || typeof part === 'string';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Money. Twenty: micros and currency code. SharePoint: a number for people, the same amount as exact text beside it
 * (a double holds whole micros only up to 2^53), and the currency code. A number that was edited wins over the text.
 */
export const money: Codec = {
  fromRow: ([micros, currency]) => group([amountOf(micros, -6), textOf(currency)]),
  toRow: (value) => {
    const [amount = null, currency = null] = ungroup(value, 2);
    if (currency !== null && !/^[A-Z]{3}$/.test(currency))
      return no('not-a-currency', 'a currency is three capital letters, such as EUR');
    return ok<RowValue>(amount === null ? null : shiftDecimal(amount, 6), currency);
  },
  fromItem: ([amount, exact, currency]) => group([itemAmount(amount, exact), textOf(currency)]),
  toItem: (value) => {
    const [amount = null, currency = null] = ungroup(value, 2);
    const shown = fitsSingleLine(currency);
    return shown.ok ? ok<unknown>(amount === null ? null : Number(amount), amount, currency) : shown;
  },
};

function amountOf(value: unknown, power: number): string | null {
  const decimal = decimalOf(value);
  return decimal === null ? null : roundDecimal(shiftDecimal(decimal, power), 6);
}

function itemAmount(amount: unknown, exact: unknown): string | null {
  const shown = decimalOf(amount);
  if (shown === null) return null;
  const kept = decimalOf(exact);
  return kept !== null && Number(kept) === Number(shown) ? roundDecimal(kept, 6) : roundDecimal(shown, 6);
}
