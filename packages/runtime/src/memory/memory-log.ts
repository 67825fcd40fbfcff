/** The log of one partition, with the gaps that compaction and transaction markers leave. */
import type { Bounds, EncodedRecord, RawRecord } from '../ports.ts';

export class MemoryLog {
  readonly records: RawRecord[] = [];
  #start = 0n;
  #next = 0n;

  append(record: EncodedRecord, timestamp: number): bigint {
    const offset = this.#next++;
    this.records.push({ ...record, offset, timestamp });
    return offset;
  }

  /** Takes an offset that holds no record. */
  skip(): void {
    this.#next++;
  }

  /** Forgets everything before an offset. */
  truncate(start: bigint): void {
    this.#start = start;
    const kept = this.records.filter((record) => record.offset >= start);
    this.records.splice(0, this.records.length, ...kept);
  }

  /** What there is to read from a position on, and the position after it. */
  from(position: bigint): { readonly records: readonly RawRecord[]; readonly next: bigint } {
    const records = this.records.filter((record) => record.offset >= position);
    return { records, next: position > this.#next ? position : this.#next };
  }

  bounds(partition: number): Bounds {
    return { partition, start: this.#start, end: this.#next };
  }
}
