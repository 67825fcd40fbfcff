import { createHash, timingSafeEqual } from 'node:crypto';

/** True when the hash of a clientState is the expected one (hexadecimal), found out in constant time. */
export function isClientState(given: string, expectedSha256: string): boolean {
  const actual = createHash('sha256').update(given, 'utf8').digest();
  const expected = Buffer.from(expectedSha256, 'hex');
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}
