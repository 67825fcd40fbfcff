/**
 * A 64-bit fingerprint of a state. The parts of a world that a move leaves alone are the same objects as before, so their
 * fingerprints are remembered; the order of an object's keys does not count.
 */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

/** Not enumerable, so that copies of an object begin without it; a WeakMap takes half of all time. */
const REMEMBERED = Symbol('fingerprint');
const DEEPEST_REMEMBERED = 4;

export function fingerprintOf(value: unknown, depth = 0): Fingerprint {
  if (typeof value === 'string') return ofText(value);
  if (typeof value !== 'object' || value === null) return ofText(`|${String(value)}`);
  if (depth > DEEPEST_REMEMBERED) return ofObject(value, depth);
  const known = (value as { readonly [REMEMBERED]?: Fingerprint })[REMEMBERED];
  if (known !== undefined) return known;
  const print = ofObject(value, depth);
  Object.defineProperty(value, REMEMBERED, { value: print });
  return print;
}

function ofObject(value: object, depth: number): Fingerprint {
  if (Array.isArray(value)) return ofList(value as readonly unknown[], depth);
  let [high, low] = [0x51ed270b, 0x2545f491];
  for (const name of Object.keys(value)) {
    const part = (value as Readonly<Record<string, unknown>>)[name];
    if (part === undefined) continue;
    const [key, print] = [ofText(name), fingerprintOf(part, depth + 1)];
    high = (high + mix(key.high ^ Math.imul(print.low, 0x9e3779b1), print.high)) | 0;
    low = (low + mix(key.low ^ Math.imul(print.high, 0x85ebca6b), print.low)) | 0;
  }
  return { high: mix(high, low), low: mix(low, high) };
}

function ofList(values: readonly unknown[], depth: number): Fingerprint {
  let [high, low] = [0x7f4a7c15 ^ values.length, 0x1b873593];
  for (const part of values) {
    const print = fingerprintOf(part, depth + 1);
    [high, low] = [mix(high ^ print.high, low), mix(low ^ print.low, high)];
  }
  return { high, low };
}

const texts = new Map<string, Fingerprint>();

function ofText(text: string): Fingerprint {
  const known = texts.get(text);
  if (known !== undefined) return known;
  let [high, low] = [0x3c6ef372, 0x165667b1];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    [high, low] = [mix(high ^ code, low), mix(low + code, high)];
  }
  const print = { high, low };
  texts.set(text, print);
  return print;
}

/** The finaliser of MurmurHash3 (public domain) over two words. */
function mix(a: number, b: number): number {
  let h = (a ^ Math.imul(b, 0xcc9e2d51)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
