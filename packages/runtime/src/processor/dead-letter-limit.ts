/** Stops a service that dead-letters one record after the other: then the fault is probably ours. */
export class DeadLetterLimit {
  readonly #limit: number;
  readonly #inARow = new Map<string, number>();

  /** `limit`: dead letters in a row, per partition, that are still borne. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Notes the end of a record; true when the limit is passed. */
  passedBy(partition: string, deadLettered: boolean): boolean {
    const count = deadLettered ? (this.#inARow.get(partition) ?? 0) + 1 : 0;
    this.#inARow.set(partition, count);
    return count > this.#limit;
  }
}
