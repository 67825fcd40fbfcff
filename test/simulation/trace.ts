/** What a run appended to the topics: how much, when last, and a fingerprint that two runs of one seed share. */
import type { Topic } from '@sync/core';
import type { RawRecord } from '../../packages/runtime/src/ports.ts';

export class Trace {
  lastAppendAt = 0;
  readonly #appended = new Map<string, number>();
  #hash = 0x811c9dc5;

  note(record: RawRecord, now: number): void {
    this.#appended.set(record.topic, (this.#appended.get(record.topic) ?? 0) + 1);
    this.lastAppendAt = now;
    this.#mix(Buffer.from(`${record.topic}|${record.partition}|${now}|`));
    this.#mix(record.key);
    this.#mix(record.value);
  }

  /** Records appended to these topics. */
  count(...of: readonly Topic[]): number {
    return of.reduce((sum, topic) => sum + (this.#appended.get(topic.name) ?? 0), 0);
  }

  /** FNV-1a over everything that was appended, with its time; eight hexadecimal digits. */
  get fingerprint(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  #mix(bytes: Uint8Array | null): void {
    for (const byte of bytes ?? []) this.#hash = Math.imul(this.#hash ^ byte, 0x01000193);
  }
}
