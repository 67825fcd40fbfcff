/** Version 5 UUIDs: the same namespace and name give the same id, for ever. Source: RFC 9562, 5.5. */
import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Namespace of the ids of records that were born in SharePoint. Changing it would give every one of them a new record. */
export const ITEM_NAMESPACE = 'd3e8c46f-aef9-43af-bfd8-69351cd97120';

/** The version 5 UUID of a name, in lower case; the namespace must be a UUID. */
export function uuid5(namespace: string, name: string): string {
  if (!isUuid(namespace)) throw new RangeError(`the namespace is no UUID: ${namespace}`);
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return dashed(hash.toString('hex', 0, 16));
}

/** True for a UUID of any version, written with dashes. */
export function isUuid(text: string): boolean {
  return UUID.test(text.toLowerCase());
}

function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
