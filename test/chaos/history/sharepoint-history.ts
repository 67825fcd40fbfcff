/** The journal of the Graph simulator, which holds every version of every item, read as changes of records. */
import { LIFE } from './change.ts';
import type { Change, LiveCopy } from './change.ts';
import { textOf } from './text-of.ts';

export interface ItemFact {
  readonly id: number;
  readonly version: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly modifiedBy: { readonly kind: 'app' | 'user' };
  readonly deleted: boolean;
  readonly seq: number;
  readonly changedAt: number;
}

/** Column of the list to the field of the mapping. */
export type ColumnMap = Readonly<Record<string, string>>;

/** A delete leaves no name behind, so the users' own log has to tell whose it was. */
export type DeletedByUser = (itemId: number, at: number) => boolean;

/** Every change of every record, and what lives at the end. Facts come in the order of the journal. */
export function sharepointHistory(
  facts: readonly ItemFact[],
  columns: ColumnMap,
  deletedByUser: DeletedByUser,
): { changes: Change[]; live: LiveCopy[]; recordOf: ReadonlyMap<number, string> } {
  const newest = new Map(facts.map((fact) => [fact.id, fact]));
  const recordOf = new Map([...newest.values()].map((item) => [item.id, recordOfItem(item)]));
  const held = new Map<string, Map<string, string | null>>();
  const changes = facts.flatMap((fact) =>
    changesOf(fact, recordOf.get(fact.id) ?? '', columns, deletedByUser, held),
  );
  const live = [...newest.values()]
    .filter((item) => !item.deleted)
    .map((item): LiveCopy => ({
      side: 'sharepoint',
      record: recordOfItem(item),
      id: String(item.id),
      mark: textOf(item.fields['Title']),
    }));
  return { changes, live, recordOf };
}

/** An item that no record was found for stands for itself. */
function recordOfItem(item: ItemFact): string {
  return textOf(item.fields['TwentyId']) ?? `item ${item.id}`;
}

function changesOf(
  fact: ItemFact,
  record: string,
  columns: ColumnMap,
  deletedByUser: DeletedByUser,
  held: Map<string, Map<string, string | null>>,
): Change[] {
  const before = held.get(record) ?? new Map<string, string | null>();
  held.set(record, before);
  const by = authorOf(fact, before.get(LIFE) === 'true', deletedByUser);
  const now = new Map<string, string | null>([[LIFE, String(!fact.deleted)]]);
  // In the recycle bin, fields are nobody's business.
  if (!fact.deleted)
    for (const [column, field] of Object.entries(columns)) now.set(field, textOf(fact.fields[column]));
  return [...now].flatMap(([field, value]): Change[] => {
    if ((before.get(field) ?? null) === value) return [];
    before.set(field, value);
    return [
      { side: 'sharepoint', record, field, value, by, seq: fact.seq, at: fact.changedAt, item: fact.id },
    ];
  });
}

function authorOf(fact: ItemFact, wasAlive: boolean, deletedByUser: DeletedByUser): Change['by'] {
  if (fact.deleted) return deletedByUser(fact.id, fact.changedAt) ? 'user' : 'sync';
  // Only people take an item out of the recycle bin, and the item does not say so; a new version 1 is a new item.
  if (!wasAlive && fact.version > 1) return 'user';
  return fact.modifiedBy.kind === 'app' ? 'sync' : 'user';
}
