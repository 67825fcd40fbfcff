/** One followed topic: its values in memory, and how its records are decoded. */
import { reactionTo, type Topic } from '@sync/core';
import type { Codec } from '../avro/codec.ts';
import type { Logger } from '../observe/log.ts';
import type { RawRecord } from '../ports.ts';
import type { Ranked } from '../service/contract.ts';
import { KeyedValues } from './keyed-values.ts';

type Projection = (value: unknown, before: unknown) => unknown;

export class FollowedTopic {
  readonly topic: Topic;
  readonly values = new KeyedValues<unknown>();
  readonly #codec: Codec;
  readonly #log: Logger;
  #project: Projection | null = null;
  #ranked: Ranked<unknown> | null = null;

  constructor(topic: Topic, codec: Codec, log: Logger) {
    this.topic = topic;
    this.#codec = codec;
    this.#log = log;
  }

  /** From now on only what `project` makes of a value is held. */
  project(project: Projection): void {
    if (this.#project !== null) throw new Error(`following: ${this.topic.name} has a projection already`);
    this.#project = project;
  }

  /** From now on a value of lower rank replaces none of higher. */
  rank(ranked: Ranked<unknown>): void {
    this.#ranked = ranked;
  }

  /** An acknowledged send of our own; null forgets the key. */
  put(key: string, value: unknown, offset: bigint): void {
    if (this.#rankOver(key, value) >= 0) this.values.put(key, value, offset);
    else this.#ranked?.onOutranked(key);
  }

  /**
   * Takes a record over; false when it leaves the key's value as it was, so that the record before must be remembered, not this
   * one. Asynchronous only when its schema is new. Throws REGISTRY_UNAVAILABLE; unreadable records are logged and left out.
   */
  apply(record: Pick<RawRecord, 'key' | 'value' | 'offset' | 'partition'>): boolean | Promise<boolean> {
    try {
      const decoded = this.#codec.decode(this.topic, record.value);
      if (!(decoded instanceof Promise)) return this.#follow(record, decoded);
      return decoded
        .then((value) => this.#follow(record, value))
        .catch((error: unknown) => this.#unreadable(record, error));
    } catch (error) {
      return this.#unreadable(record, error);
    }
  }

  #follow({ key, offset }: Pick<RawRecord, 'key' | 'offset'>, value: unknown): boolean {
    const name = keyText(key);
    const over = this.#rankOver(name, value);
    if (over < 0) {
      this.#ranked?.onOutranked(name);
      return false;
    }
    const before = this.values.get(name);
    const kept = value === null || this.#project === null ? value : this.#project(value, before);
    if (this.#project !== null && kept !== undefined && kept === before) return false;
    // What we have sent ourselves may lie behind it in the topic; rank counts before position.
    if (over > 0) this.values.replace(name, kept, offset);
    else this.values.follow(name, kept ?? null, offset);
    return true;
  }

  /** Above 0 when a value outranks the one of its key that is known, below 0 when that one outranks it. */
  #rankOver(key: string, value: unknown): number {
    const before = this.values.get(key);
    if (this.#ranked === null || value === null || before === undefined) return 0;
    return this.#ranked.rankOf(value) - this.#ranked.rankOf(before);
  }

  /** A record that can never be read concerns its key only; the key keeps its older value. */
  #unreadable({ offset, partition }: Pick<RawRecord, 'offset' | 'partition'>, error: unknown): false {
    if (reactionTo(error) !== 'deadLetter') throw error;
    this.#log.error(
      { topic: this.topic.name, partition, offset: offset.toString(), err: error },
      'record of a followed topic left out',
    );
    return false;
  }
}

/** A key as text. */
export function keyText(key: Buffer | null): string {
  return key === null ? '' : key.toString();
}
