/**
 * The latest value per key of one topic, in memory. It is filled twice: at once by sends of our own that were acknowledged, and
 * by following the topic. An older offset never replaces a younger one, so the order in which the two come does not matter.
 */
interface Entry<V> {
  /** undefined: forgotten by a tombstone that the follower has not met yet. */
  readonly value: V | undefined;
  readonly offset: bigint;
}

export type Change<V> = (key: string, value: V | undefined) => void;

export class KeyedValues<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #listeners: Change<V>[] = [];

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  *entries(): Iterable<[string, V]> {
    for (const [key, { value }] of this.#entries) if (value !== undefined) yield [key, value];
  }

  onChange(listener: Change<V>): void {
    this.#listeners.push(listener);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** An acknowledged send of our own; null forgets the key. */
  put(key: string, value: V | null, offset: bigint): void {
    const known = this.#entries.get(key);
    if (known === undefined || known.offset < offset) this.#set(key, { value: value ?? undefined, offset });
  }

  /** A record met by following the topic; null forgets the key. */
  follow(key: string, value: V | null, offset: bigint): void {
    const known = this.#entries.get(key);
    if (known !== undefined && known.offset > offset) return;
    if (value === null) this.#forget(key);
    else if (known?.offset !== offset) this.#set(key, { value, offset });
  }

  /** A record that counts whatever its position. */
  replace(key: string, value: V, offset: bigint): void {
    this.#set(key, { value, offset });
  }

  /** Forgets everything. */
  clear(): void {
    for (const key of [...this.#entries.keys()]) this.#forget(key);
  }

  #set(key: string, entry: Entry<V>): void {
    this.#entries.set(key, entry);
    this.#tell(key, entry.value);
  }

  /** The follower has passed the tombstone: nothing older can come any more. */
  #forget(key: string): void {
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    if (known?.value !== undefined) this.#tell(key, undefined);
  }

  #tell(key: string, value: V | undefined): void {
    for (const listener of this.#listeners) listener(key, value);
  }
}
