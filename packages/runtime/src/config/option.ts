/** Options of a service as one described table: types, documentation and messages all come from it. */

/** Reads a value out of text; throws an Error that says what is wrong. */
export type Parse<T> = (text: string) => T;

export interface Option<T> {
  readonly env: string;
  readonly parse: Parse<T>;
  /** Value when the variable is not set; required when left out. */
  readonly fallback?: T;
  readonly doc: string;
  /** Printed as `***`. */
  readonly secret?: boolean;
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

export type ConfigOf<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/** Declares an option. */
export function option<T>(given: {
  readonly env: string;
  readonly parse: Parse<T>;
  readonly fallback?: NoInfer<T>;
  readonly doc: string;
  readonly secret?: boolean;
}): Option<T> {
  return given;
}
