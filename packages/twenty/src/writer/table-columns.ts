import type { TwentyColumn } from '../discovery/catalog-model.ts';
import { columnsSql } from '../discovery/raw-catalog.ts';
import type { TextClient } from './writer-connections.ts';

const NAMES = ['name', 'type', 'baseType'] as const;

function columnOf(fields: readonly string[], texts: readonly (string | null)[]): TwentyColumn {
  const cell = (name: string) => texts[fields.indexOf(name)] ?? null;
  const [name, type, baseType] = NAMES.map((field) => cell(field) ?? '');
  const enumValues = cell('enumValues');
  return {
    name: name ?? '',
    type: type ?? '',
    baseType: baseType ?? '',
    nullable: cell('nullable') === 't',
    generated: cell('generated') === 't',
    hasDefault: cell('hasDefault') === 't',
    isArray: cell('isArray') === 't',
    enumValues: enumValues === null ? null : (JSON.parse(enumValues) as string[]),
  };
}

/** The columns of the tables the writer has met; they are read again when a command names one that is not known. */
export class TableColumns {
  readonly #known = new Map<string, ReadonlyMap<string, TwentyColumn>>();

  /** The columns of a table by name, none when there is no such table. */
  async of(
    client: TextClient,
    schema: string,
    table: string,
    needed: readonly string[],
  ): Promise<ReadonlyMap<string, TwentyColumn>> {
    const key = JSON.stringify([schema, table]);
    const known = this.#known.get(key);
    if (known && known.size > 0 && needed.every((name) => known.has(name))) return known;
    const answer = await client.ask(columnsSql('n.nspname = $1 AND c.relname = $2'), [schema, table]);
    const columns = answer.rows.map((texts) => columnOf(answer.names, texts));
    const read = new Map(columns.map((column) => [column.name, column]));
    this.#known.set(key, read);
    return read;
  }

  /** Forgets a table whose columns turned out to be others. */
  forget(schema: string, table: string): void {
    this.#known.delete(JSON.stringify([schema, table]));
  }
}
