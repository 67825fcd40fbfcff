import { WRITER_ORIGINS } from '../capture/capture-options.ts';
import { sqlState } from '../sql.ts';
import { unavailableOr } from '../twenty-unavailable.ts';
import { decodeRow } from './column-value.ts';
import { refusalBefore, refusalOf } from './refusal.ts';
import type { Row, RowAnswer, RowCommand, RowMoved, RowPlace } from './row-command.ts';
import { insertStatement, readStatement, updateStatement } from './row-statement.ts';
import type { Stamp, Statement } from './row-statement.ts';
import { TableColumns } from './table-columns.ts';
import { WriterConnections } from './writer-connections.ts';
import type { TextClient } from './writer-connections.ts';

/** How the writer connects and what it calls itself. */
export interface RowWriterOptions {
  readonly url: string;
  /** Connections at most; 4 unless said otherwise. */
  readonly connections?: number;
  /** Replication origins to mark changes with, one per connection; those that `ensureCapture` makes. */
  readonly origins?: readonly string[];
  /** Goes to `updatedByName`; 'SharePoint' unless said otherwise. */
  readonly actorName?: string;
  /** Goes to `updatedByContext` as `{"origin": ...}`; 'sharepoint' unless said otherwise. */
  readonly actorOrigin?: string;
}

/** Writes records into Twenty's tables. */
export interface RowWriter {
  /** Writes one record, or says why not. Throws `TwentyUnavailable` when it must be tried again later. */
  write(command: RowCommand): Promise<RowAnswer>;
  /** Reads one row as it stands; waits for whoever is changing it. Throws `TwentyUnavailable` likewise. */
  read(schema: string, table: string, recordId: string): Promise<RowMoved>;
  close(): Promise<void>;
}

/** The table or a column went away since its columns were read. */
const SCHEMA_MOVED = new Set(['42703', '42P01', '3F000']);

/** What one write works with. */
interface Desk {
  readonly client: TextClient;
  readonly tables: TableColumns;
  readonly stamp: Stamp;
}

/** The answer's line as LSN and row; undefined when the statement touched nothing. */
async function askForRow(
  { client, tables }: Desk,
  { schema, table }: RowPlace,
  statement: Statement,
): Promise<{ lsn: bigint; row: Row | null } | undefined> {
  const answer = await client.ask(statement.text, statement.values);
  const line = answer.rows[0];
  if (!line) return undefined;
  const names = answer.names.slice(1);
  const lsn = BigInt(line[0] ?? '0');
  if (line[1 + names.indexOf('id')] === null) return { lsn, row: null };
  // A column that was added since the columns were read is read now.
  const columns = await tables.of(client, schema, table, names);
  return { lsn, row: decodeRow(columns, names, line.slice(1)) };
}

async function attempt(desk: Desk, command: RowCommand): Promise<RowAnswer> {
  const needed = [...Object.keys(command.values), ...Object.keys(command.expected)];
  const columns = await desk.tables.of(desk.client, command.schema, command.table, needed);
  const refusal = refusalBefore(columns, command);
  if (refusal) return refusal;
  const statement = command.kind === 'insert' ? insertStatement : updateStatement;
  const written = await askForRow(desk, command, statement(columns, command, desk.stamp));
  if (written?.row) return { kind: 'written', lsn: written.lsn, row: written.row };
  return readRow(desk, command);
}

async function readRow(desk: Desk, place: RowPlace): Promise<RowMoved> {
  const found = await askForRow(desk, place, readStatement(place));
  return { kind: 'moved', lsn: found?.lsn ?? 0n, row: found?.row ?? null };
}

/** One attempt, and a second one when the table turned out to have changed under the first. */
async function writeRow(desk: Desk, command: RowCommand, again = true): Promise<RowAnswer> {
  try {
    return await attempt(desk, command);
  } catch (error) {
    desk.tables.forget(command.schema, command.table);
    if (again && SCHEMA_MOVED.has(sqlState(error) ?? '')) return writeRow(desk, command, false);
    const refusal = refusalOf(error);
    if (refusal) return refusal;
    throw error;
  }
}

/** Opens a writer; it connects with the first write, and again after an outage. */
export function openRowWriter(options: RowWriterOptions): RowWriter {
  const connections = new WriterConnections({
    url: options.url,
    connections: options.connections ?? 4,
    origins: options.origins ?? WRITER_ORIGINS,
  });
  const tables = new TableColumns();
  const context = JSON.stringify({ origin: options.actorOrigin ?? 'sharepoint' });
  const stamp = { name: options.actorName ?? 'SharePoint', context };
  return {
    write: (command) =>
      connections.use((client) => writeRow({ client, tables, stamp }, command)).catch(unavailableOr),
    read: (schema, table, recordId) =>
      connections
        .use((client) => readRow({ client, tables, stamp }, { schema, table, recordId }))
        .catch(unavailableOr),
    close: () => connections.close(),
  };
}
