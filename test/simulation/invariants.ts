/** What must be so when the world has come to rest. */
import { ALIVE, IDENTITY_COLUMN, topics } from '@sync/core';
import type { Conflict, Mapping, RowValue } from '@sync/core';
import { itemValues, keyOf, rowValues } from './values.ts';
import { EDITED, OBJECTS } from './places.ts';
import type { SimObject } from './places.ts';
import type { SimRow } from './postgres.ts';
import type { Item } from './sharepoint.ts';
import { recordIdOf } from './users.ts';
import type { World } from './world.ts';

interface Pair {
  readonly object: SimObject;
  readonly recordId: string;
  readonly row: SimRow | null;
  readonly items: readonly Item[];
}

/** Differences between the two sides; empty when they agree. `open` are fields that lie with a person. */
export function differences(world: World, open: ReadonlySet<string>): string[] {
  return pairsOf(world).flatMap((pair) => differ(world, pair, open));
}

function pairsOf({ postgres, sharepoint }: World): Pair[] {
  return OBJECTS.flatMap((object) => {
    const live = sharepoint.live(object);
    const ids = new Set(live.map(recordIdOf));
    for (const key of postgres.rows.keys())
      if (key.startsWith(`${object}|`)) ids.add(key.slice(object.length + 1));
    return [...ids].map((recordId) => ({
      object,
      recordId,
      row: postgres.row(object, recordId),
      items: live.filter((item) => recordIdOf(item) === recordId),
    }));
  });
}

function differ(world: World, { object, recordId, row, items }: Pair, open: ReadonlySet<string>): string[] {
  const id = `${object}|${recordId}`;
  if (items.length > 1) return [`one-item-per-record: ${id} has ${items.length} items`];
  const [item] = items;
  const twenty = rowValues(object, row);
  const alive = twenty?.[ALIVE] === 'true';
  if (open.has(`${id}|${ALIVE}`)) return [];
  if (alive !== (item !== undefined))
    return [
      `both-sides-equal: ${id} is ${alive ? '' : 'not '}alive in Twenty only`.replace(
        'not alive in Twenty only',
        'alive in SharePoint only',
      ),
    ];
  if (item === undefined || row === null || twenty === null) return [];
  const sharepoint = itemValues(object, item.columns) ?? {};
  const unequal = EDITED[object]
    .filter((field) => twenty[field] !== sharepoint[field] && !open.has(`${id}|${field}`))
    .map(
      (field) =>
        `both-sides-equal: ${id} ${field}: ${twenty[field]} in Twenty, ${sharepoint[field]} in SharePoint`,
    );
  return [...unequal, ...derived(world, object, recordId, row, item), ...blank(id, row)];
}

function derived(
  { postgres }: World,
  object: SimObject,
  recordId: string,
  row: SimRow,
  item: Item,
): string[] {
  const companyId = row['companyId'];
  const name = (...parts: readonly (RowValue | undefined)[]): string | null =>
    parts
      .map((part) => (typeof part === 'string' ? part : ''))
      .join(' ')
      .trim() || null;
  const company = typeof companyId === 'string' ? postgres.row('company', companyId) : null;
  const wanted: Record<string, string | null> =
    object === 'company'
      ? { [IDENTITY_COLUMN]: recordId }
      : {
          [IDENTITY_COLUMN]: recordId,
          Title: name(row['nameFirstName'], row['nameLastName']),
          CompanyName: company === null ? null : name(company['name']),
        };
  return Object.entries(wanted)
    .filter(([column, value]) => (item.columns[column] ?? null) !== value)
    .map(
      ([column, value]) =>
        `derived-columns: ${object}|${recordId} ${column} is ${String(item.columns[column])}, not ${value}`,
    );
}

/** A cleared field is NULL, never an empty text. */
function blank(id: string, row: SimRow): string[] {
  return Object.entries(row)
    .filter(([, value]) => value === '')
    .map(([column]) => `null-is-null: ${id} ${column} is an empty text`);
}

/** Fields that wait for a person, as `object|recordId|field`. */
export function openQuestions(world: World, decode: (bytes: Buffer) => unknown): Set<string> {
  const open = new Set<string>();
  for (const record of world.cluster.recordsOf(topics.conflicts)) {
    if (record.value === null) continue;
    const { object, recordId, field, winner } = decode(record.value) as Conflict;
    if (winner === 'undecided') open.add(`${object}|${recordId}|${field}`);
  }
  return open;
}

/** Every command has an answer. */
export function unanswered({ commands, answered }: World): string[] {
  return [...commands].filter((id) => !answered.has(id)).map((id) => `every-command-answered: ${id}`);
}

/** The table of mappings names the live item, and none where none lives. */
export function wrongMappings(world: World, decode: (bytes: Buffer) => unknown): string[] {
  const mappings = new Map<string, Mapping>();
  for (const record of world.cluster.recordsOf(topics.mappings))
    if (record.value !== null) mappings.set(String(record.key), decode(record.value) as Mapping);
  return pairsOf(world).flatMap(({ object, recordId, items }) => {
    const mapping = mappings.get(keyOf(object, recordId));
    const itemId = items[0]?.id ?? null;
    if (mapping === undefined || world.ledger.tainted.has(`${object}|${recordId}`)) return [];
    return mapping.itemId === itemId
      ? []
      : [`mapping: ${object}|${recordId} names item ${mapping.itemId}, not ${itemId}`];
  });
}
