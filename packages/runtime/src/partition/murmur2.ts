/** The hash of Kafka's Java producer over a key, so that every client finds the same partition. */

const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/** murmur2 as in org.apache.kafka.common.utils.Utils, a signed 32-bit number. */
export function murmur2(data: Uint8Array): number {
  const length = data.length;
  let hash = SEED ^ length;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) hash = Math.imul(hash, M) ^ scramble(word(data, at));
  hash = withTail(hash, data, whole);
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

/** Partition of a key, as the Java producer's default partitioner chooses it. */
export function partitionOf(key: string, count: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % count;
}

function word(data: Uint8Array, at: number): number {
  return byte(data, at) | (byte(data, at + 1) << 8) | (byte(data, at + 2) << 16) | (byte(data, at + 3) << 24);
}

function byte(data: Uint8Array, at: number): number {
  return data[at] ?? 0;
}

function scramble(value: number): number {
  const mixed = Math.imul(value, M);
  return Math.imul(mixed ^ (mixed >>> R), M);
}

function withTail(hash: number, data: Uint8Array, whole: number): number {
  const rest = data.length - whole;
  if (rest === 0) return hash;
  // Bytes past the end read as 0, which leaves the hash as Java's fall-through switch does.
  return Math.imul(hash ^ word(data, whole), M);
}
