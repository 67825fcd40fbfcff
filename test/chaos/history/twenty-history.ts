/** The trigger's table of every committed row version, read as changes of records. */
import { LIFE } from './change.ts';
import type { Change, LiveCopy } from './change.ts';
import type { ColumnMap } from './sharepoint-history.ts';
import { textOf } from './text-of.ts';

export interface RowFact {
  readonly seq: number;
  readonly id: string;
  readonly op: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly who: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Every change of every record, and what lives at the end. Facts come in the order of their numbers. */
export function twentyHistory(
  facts: readonly RowFact[],
  columns: ColumnMap,
): { changes: Change[]; live: LiveCopy[] } {
  const held = new Map<string, Map<string, string | null>>();
  const changes = facts.flatMap((fact) => changesOf(fact, columns, held));
  const live = [...held]
    .filter(([, values]) => values.get(LIFE) === 'true')
    .map(([record, values]): LiveCopy => ({
      side: 'twenty',
      record,
      id: record,
      mark: values.get('name') ?? null,
    }));
  return { changes, live };
}

function changesOf(
  fact: RowFact,
  columns: ColumnMap,
  held: Map<string, Map<string, string | null>>,
): Change[] {
  const before = held.get(fact.id) ?? new Map<string, string | null>();
  held.set(fact.id, before);
  const alive = fact.op !== 'DELETE' && (fact.row['deletedAt'] ?? null) === null;
  const now = new Map<string, string | null>([[LIFE, String(alive)]]);
  if (alive) for (const [column, field] of Object.entries(columns)) now.set(field, textOf(fact.row[column]));
  const by = fact.who === 'sync_writer' ? 'sync' : 'user';
  return [...now].flatMap(([field, value]): Change[] => {
    if ((before.get(field) ?? null) === value) return [];
    before.set(field, value);
    return [{ side: 'twenty', record: fact.id, field, value, by, seq: fact.seq, at: fact.at }];
  });
}
