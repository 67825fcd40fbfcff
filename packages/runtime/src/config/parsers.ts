/** Parsers of option values. They throw Errors whose message completes the sentence `SYNC_X …`. */
import type { Parse } from './option.ts';

/** Any text but the empty one. */
export const text: Parse<string> = (given) => {
  if (given === '') throw new Error('is empty');
  return given;
};

/** A whole number. */
export const int: Parse<number> = (given) => {
  const value = Number(given);
  if (given.trim() === '' || !Number.isSafeInteger(value)) throw new Error('is not a whole number');
  return value;
};

/** An absolute http, https, postgres or similar URL, as text without a trailing slash. */
export const url: Parse<string> = (given) => {
  if (!URL.canParse(given)) throw new Error('is not an absolute URL such as http://127.0.0.1:8080');
  return given.replace(/\/+$/, '');
};

/** `true` or `false`. */
export const bool: Parse<boolean> = (given) => {
  if (given !== 'true' && given !== 'false') throw new Error('is neither true nor false');
  return given === 'true';
};

/** Entries separated by commas; at least one. */
export const list: Parse<readonly string[]> = (given) => {
  const entries = given
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 0) throw new Error('is an empty list; separate entries by commas');
  return entries;
};

/** One of the given words. */
export function oneOf<const W extends string>(...words: readonly W[]): Parse<W> {
  return (given) => {
    const found = words.find((word) => word === given);
    if (found === undefined) throw new Error(`is none of ${words.join(', ')}`);
    return found;
  };
}

/** JSON that `check` accepts. */
export function json<T>(check: (value: unknown) => value is T): Parse<T> {
  return (given) => {
    const value = parseJson(given);
    if (!check(value)) throw new Error('is JSON of another shape than expected');
    return value;
  };
}

/** What `parse` reads, or undefined when the text is empty. */
export function maybe<T>(parse: Parse<T>): Parse<T | undefined> {
  return (given) => (given === '' ? undefined : parse(given));
}

function parseJson(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch (cause) {
    throw new Error('is not JSON', { cause });
  }
}
