/** Avro longs in JavaScript: a number when that is exact, else a bigint. */
import avro from 'avsc';

/** Reads numbers or bigints, writes either. */
export const safeLong = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer): number | bigint => exact(buffer.readBigInt64LE()),
  toBuffer: (value: number | bigint): Buffer => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: (value: number | string): number | bigint => exact(BigInt(value)),
  toJSON: (value: number | bigint): number | string => (typeof value === 'bigint' ? value.toString() : value),
  isValid: isLong,
  compare: (a: number | bigint, b: number | bigint): number => (a === b ? 0 : a < b ? -1 : 1),
});

/** Puts `safeLong` wherever a schema says long. As a hook, not through avsc's registry: that one breaks on a second version. */
export function longHook(schema: unknown): avro.Type | undefined {
  return schema === 'long' || isLongSchema(schema) ? safeLong : undefined;
}

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function isLong(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
}

function isLongSchema(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'long';
}
