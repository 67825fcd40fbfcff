/** The Confluent wire format: a zero byte, the schema id as a big-endian int32, the Avro body. */
import { SyncError } from '@sync/core';

const MAGIC = 0;
const HEADER_BYTES = 5;

/** Puts the header before an Avro body. */
export function frame(schemaId: number, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32BE(schemaId, 1);
  return Buffer.concat([header, body], HEADER_BYTES + body.length);
}

/** Splits a value; throws RECORD_UNREADABLE when it is not in this format. */
export function unframe(value: Buffer): { readonly schemaId: number; readonly body: Buffer } {
  if (value.length < HEADER_BYTES || value[0] !== MAGIC)
    throw new SyncError(
      'RECORD_UNREADABLE',
      'decoding: the value does not begin with a zero byte and a schema id',
    );
  return { schemaId: value.readInt32BE(1), body: value.subarray(HEADER_BYTES) };
}
