/** Turns the records of the topics into what the brain understands: canonical values of mapping fields. */
import { fromItem, fromRow, sharepointGone, twentyVersion } from '@sync/core';
import type {
  MappingField,
  Picture,
  RowValue,
  SharePointChange,
  TwentyChange,
  WriteResult,
} from '@sync/core';
import type { Input, Seen } from './brain/input.ts';

/** A change of Twenty. Derived fields are left out: the brain computes them. */
export function seenInTwenty(change: TwentyChange, fields: readonly MappingField[]): Input {
  const own = fields.filter((field) => field.derived === undefined);
  const unchanged = own.filter((field) =>
    field.twenty.flat().some((column) => change.unchanged.includes(column)),
  );
  const read = own
    .filter((field) => !unchanged.includes(field))
    .map((field) => [field.name, fromRow(field, change.fields)] as const);
  return {
    kind: 'seen',
    side: 'twenty',
    seen: {
      version: twentyVersion(change.version),
      exists: change.op !== 'delete' && isLive(change.fields),
      values: change.op === 'delete' ? {} : definedOnly(read),
      unchanged: unchanged.map((field) => field.name),
      at: change.committedAt,
      diedAt: typeof change.fields['deletedAt'] === 'string' ? change.fields['deletedAt'] : null,
      itemId: null,
      etag: null,
    },
  };
}

function isLive(row: Readonly<Record<string, RowValue>>): boolean {
  return (row['deletedAt'] ?? null) === null;
}

function definedOnly(
  entries: readonly (readonly [string, string | null | undefined])[],
): Record<string, string | null> {
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, string | null] => entry[1] !== undefined),
  );
}

/** A change of a list item. Its time is evidence only when a user edited last. */
export function seenInSharePoint(change: SharePointChange, fields: readonly MappingField[]): Input {
  const exists = change.op !== 'delete';
  return {
    kind: 'seen',
    side: 'sharepoint',
    seen: {
      version: change.version,
      exists,
      values: exists
        ? Object.fromEntries(fields.map((field) => [field.name, fromItem(field, change.fields)]))
        : {},
      unchanged: [],
      at: change.modifiedBy === 'user' ? change.modifiedAt : null,
      ours: change.modifiedBy === 'application',
      itemId: change.itemId,
      etag: change.etag,
    },
  };
}

/** The answer of a writer. */
export function answered(result: WriteResult): Input {
  return {
    kind: 'answer',
    side: result.side,
    answer: result.kind === 'unknown' ? 'stale' : result.kind,
    wishes: result.wishes,
    version: result.version,
    picture: result.picture === null ? null : pictured(result.side, result.picture),
    refusals: result.refusals,
  };
}

function pictured(side: WriteResult['side'], picture: Picture): Seen | null {
  const version = picture.version === '' ? goneVersion(side, picture) : picture.version;
  if (version === null) return null;
  return {
    version,
    exists: picture.exists,
    values: picture.values,
    unchanged: [],
    at: side === 'twenty' || picture.modifiedBy === 'user' ? picture.modifiedAt : null,
    ours: picture.modifiedBy === 'application',
    itemId: picture.itemId,
    etag: picture.etag,
  };
}

/** An item that could not be found is gone for good in this life of it. */
function goneVersion(side: WriteResult['side'], picture: Picture): string | null {
  if (side === 'twenty' || picture.itemId === null) return null;
  return sharepointGone({ itemId: picture.itemId, generation: 0 });
}
