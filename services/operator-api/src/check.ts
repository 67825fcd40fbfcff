/** Reading untrusted structures: every mistake is collected, with the path of the field and what would be right. */

export interface Checker {
  /** Paths and what is wrong there. */
  readonly mistakes: string[];
  text(
    value: unknown,
    path: string,
    options?: { matches?: RegExp; because?: string; fallback?: string },
  ): string;
  number(value: unknown, path: string, options: { min: number; fallback?: number }): number;
  word(value: unknown, path: string, words: readonly string[], fallback?: string): string;
  list(value: unknown, path: string): readonly unknown[];
  object(value: unknown, path: string, keys: readonly string[]): Readonly<Record<string, unknown>>;
}

export function createChecker(): Checker {
  const mistakes: string[] = [];
  const wrong = (path: string, what: string): void => void mistakes.push(`${path}: ${what}`);
  return {
    mistakes,
    text: (value, path, { matches, because, fallback } = {}) => {
      if (value === undefined && fallback !== undefined) return fallback;
      if (typeof value !== 'string' || value === '') return miss('', wrong, path, value, 'a text');
      if (matches !== undefined && !matches.test(value))
        return miss('', wrong, path, value, because ?? String(matches));
      return value;
    },
    number: (value, path, { min, fallback }) => {
      if (value === undefined && fallback !== undefined) return fallback;
      return typeof value === 'number' && value >= min
        ? value
        : miss(min, wrong, path, value, `a number of at least ${min}`);
    },
    word: (value, path, words, fallback) => {
      if (value === undefined && fallback !== undefined) return fallback;
      return typeof value === 'string' && words.includes(value)
        ? value
        : miss('', wrong, path, value, `one of ${words.join(', ')}`);
    },
    list: (value: unknown, path) =>
      Array.isArray(value) && value.length > 0
        ? (value as unknown[])
        : miss([], wrong, path, value, 'a list with at least one entry'),
    object: (value, path, keys) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return miss({}, wrong, path, value, 'a mapping');
      for (const key of Object.keys(value)) {
        if (!keys.includes(key)) wrong(`${path}.${key}`, `is not known here; known are ${keys.join(', ')}`);
      }
      return value as Readonly<Record<string, unknown>>;
    },
  };
}

function miss<T>(
  standIn: T,
  wrong: (path: string, what: string) => void,
  path: string,
  value: unknown,
  wanted: string,
): T {
  wrong(path, value === undefined ? `is missing; it must be ${wanted}` : `must be ${wanted}`);
  return standIn;
}
