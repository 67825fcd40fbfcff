/** What Debezium writes for a row: JSON without schema (Debezium 3.6, JsonConverter with schemas.enable=false). */
import { GONE_PREFIX } from '@sync/core';
import type { RowValue } from '@sync/core';

export type RawColumns = Readonly<Record<string, RowValue>>;

export interface RawRow {
  /** c create, u update, d delete, r read by a snapshot. */
  readonly op: 'c' | 'u' | 'd' | 'r';
  readonly schema: string;
  readonly table: string;
  readonly before: RawColumns | null;
  readonly after: RawColumns | null;
  readonly lsn: bigint;
  /** Commit time, milliseconds since 1970. */
  readonly committedAt: number;
  readonly order: number;
  readonly transactionId: string | null;
  readonly origin: string | null;
}

/** Why bytes are not a row; `field` names what is wrong. */
export interface Malformed {
  readonly malformed: string;
}

/** What the public record can say: an Avro long, an exact time, eight hexadecimal digits. */
const LARGEST_LSN = 2n ** 63n - 1n;
const LATEST = BigInt(Number.MAX_SAFE_INTEGER);
const LAST_IN_TRANSACTION = 0xffff_ffffn;

type Json = Readonly<Record<string, unknown>>;

/** Reads the bytes of a record of the raw topic. */
export function parseRawRow(bytes: Uint8Array): RawRow | Malformed | 'foreign-message' {
  const json = parseJson(Buffer.from(bytes).toString('utf8'));
  if (json === null) return { malformed: 'the value is not a JSON object' };
  const source = json['source'];
  if (!isObject(source)) return { malformed: 'source is missing' };
  if (json['op'] === 'm') return parseMessage(json['message'], source);
  const [op, schema, table] = [json['op'], source['schema'], source['table']];
  if (op !== 'c' && op !== 'u' && op !== 'd' && op !== 'r')
    return { malformed: `op is ${shown(op)}, not one of c, u, d, r` };
  if (typeof schema !== 'string' || typeof table !== 'string')
    return { malformed: 'source.schema or source.table is missing' };
  const place = placeOf(source);
  if ('malformed' in place) return place;
  const transaction = isObject(json['transaction']) ? json['transaction'] : {};
  return {
    op,
    schema,
    table,
    before: columnsOf(json['before']),
    after: columnsOf(json['after']),
    ...place,
    order: Number(wholeNumber(transaction['total_order'], LAST_IN_TRANSACTION) ?? 0n),
    transactionId: transactionIdOf(transaction['id']),
    origin: typeof source['origin'] === 'string' && source['origin'] !== '' ? source['origin'] : null,
  };
}

/** Enough of a value to find it by. */
function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 20)}"` : typeof value;
}

/** A row that was deleted unseen comes as a message of ours; other messages in the log are none of our business. */
function parseMessage(message: unknown, source: Json): RawRow | Malformed | 'foreign-message' {
  if (!isObject(message) || message['prefix'] !== GONE_PREFIX) return 'foreign-message';
  const content = parseJson(Buffer.from(String(message['content']), 'base64').toString('utf8'));
  const [schema, table, id] = [content?.['schema'], content?.['table'], content?.['id']];
  if (typeof schema !== 'string' || typeof table !== 'string' || typeof id !== 'string')
    return { malformed: 'message.content does not name schema, table and id of a row' };
  const place = placeOf(source);
  if ('malformed' in place) return place;
  const nothing = { after: null, order: 0, transactionId: null, origin: null };
  return { op: 'd', schema, table, before: { id }, ...place, ...nothing };
}

function placeOf(source: Json): Pick<RawRow, 'lsn' | 'committedAt'> | Malformed {
  const lsn = wholeNumber(source['lsn'], LARGEST_LSN);
  const committedAt = wholeNumber(source['ts_ms'], LATEST);
  if (lsn === null) return { malformed: 'source.lsn is not a whole number of 64 bits' };
  if (committedAt === null) return { malformed: 'source.ts_ms is not a whole number of milliseconds' };
  return { lsn, committedAt: Number(committedAt) };
}

/** Debezium 3.6 puts the LSN of the row behind the transaction's id, and thereby a different id on every row. */
function transactionIdOf(id: unknown): string | null {
  return typeof id === 'string' ? (id.split(':')[0] ?? null) : null;
}

function parseJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text, exactNumber);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whole numbers that a double cannot hold stay text. */
function exactNumber(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || !/^-?\d+$/.test(source)) return value;
  return Number.isSafeInteger(value) ? value : source;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number from 0 to `most`; null for anything else. */
function wholeNumber(value: unknown, most: bigint): bigint | null {
  const number = bigOf(value);
  return number === null || number < 0n || number > most ? null : number;
}

function bigOf(value: unknown): bigint | null {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : null;
}

function columnsOf(value: unknown): RawColumns | null {
  if (!isObject(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([name, column]) => [name, columnValue(column)]));
}

function columnValue(value: unknown): RowValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  return JSON.stringify(value);
}
