import type { ColumnValue } from './row-command.ts';

/** The parameters of one statement, in the order in which they are mentioned. */
export class Parameters {
  readonly values: ColumnValue[] = [];

  /** Adds a value and answers its placeholder. */
  add(value: ColumnValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
