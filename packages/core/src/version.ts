/**
 * Versions of both sides as sortable text: fixed-width hexadecimal, so that plain string comparison is exact for 64-bit numbers.
 * The empty string is older than every version.
 */
import { SyncError } from './errors.ts';

/** Older than everything. */
export const NO_VERSION = '';

/** Twenty: (epoch, LSN of the change, order in the transaction). */
export function twentyVersion(parts: {
  epoch: number | bigint;
  lsn: number | bigint;
  order: number | bigint;
}): string {
  return [hex(parts.epoch, 8), hex(parts.lsn, 16), hex(parts.order, 8)].join('-');
}

/** SharePoint: (item id, times it came back from the recycle bin, number in the eTag). A recreated item has a higher id. */
export function sharepointVersion(parts: { itemId: string; generation: number; etag: string }): string {
  return [
    hex(wholeNumber(parts.itemId, 'item id'), 12),
    hex(parts.generation, 4),
    hex(etagNumber(parts.etag), 12),
  ].join('-');
}

/** In place of the number of an eTag. */
const END_OF_LIFE = 'f'.repeat(12);

/** The version at which an item is gone: younger than every state of that life, older than the next life. */
export function sharepointGone(parts: { itemId: string; generation: number }): string {
  return [hex(wholeNumber(parts.itemId, 'item id'), 12), hex(parts.generation, 4), END_OF_LIFE].join('-');
}

/** The life of an item that a version belongs to, and whether it is the end of it; null for a text that is no version of an item. */
export function readSharepointVersion(
  version: string,
): { readonly itemId: string; readonly generation: number; readonly isEnd: boolean } | null {
  const parts = /^([0-9a-f]{12})-([0-9a-f]{4})-([0-9a-f]{12})/.exec(version);
  if (parts === null) return null;
  const [, item = '', generation = '', number] = parts;
  return {
    itemId: BigInt(`0x${item}`).toString(),
    generation: Number.parseInt(generation, 16),
    isEnd: number === END_OF_LIFE,
  };
}

/** The number after the comma of an eTag such as `"{uid},7"`: it grows with every change of the item. */
export function etagNumber(etag: string): bigint {
  const match = /,(\d+)"?$/.exec(etag);
  if (match?.[1] === undefined) throw impossible('the eTag has no version number');
  return BigInt(match[1]);
}

/** A PostgreSQL LSN such as `16/B374D848` as a number. */
export function parseLsn(text: string): bigint {
  const match = /^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})$/.exec(text);
  if (match === null) throw impossible('the text is no LSN');
  return (BigInt(`0x${match[1]}`) << 32n) + BigInt(`0x${match[2]}`);
}

const SHAPES = {
  twenty: /^[0-9a-f]{8}-[0-9a-f]{16}-[0-9a-f]{8}$/,
  // A writer marks the last version that it knew of an item that is gone since.
  sharepoint: /^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{12}(-deleted)?$/,
};

/** Is this text a version of that side, so that it can be compared with others? */
export function isVersion(side: keyof typeof SHAPES, text: string): boolean {
  return SHAPES[side].test(text);
}

/** The younger of two versions. */
export function younger(a: string, b: string): string {
  return a > b ? a : b;
}

function wholeNumber(text: string, what: string): bigint {
  if (!/^\d+$/.test(text)) throw impossible(`the ${what} is not a whole number`);
  return BigInt(text);
}

function hex(value: number | bigint, width: number): string {
  const text = BigInt(value).toString(16);
  if (text.startsWith('-') || text.length > width) throw impossible('a part is out of range');
  return text.padStart(width, '0');
}

/** A record that tells such a version is not what its topic promises. */
function impossible(reason: string): SyncError {
  return new SyncError('RECORD_UNREADABLE', `reading a version: ${reason}`);
}
