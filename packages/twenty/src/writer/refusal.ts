import type { TwentyColumn } from '../discovery/catalog-model.ts';
import { sqlState } from '../sql.ts';
import type { RowCommand, RowRefused } from './row-command.ts';

/** SQLSTATEs outside classes 22 (data) and 23 (constraints) that say the data does not fit. */
const DATA_STATES = new Set(['428C9', '42804', '42846']);

interface ServerError {
  readonly message: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly detail?: string;
}

function refused(code: string, message: string, column?: string, constraint?: string): RowRefused {
  return {
    kind: 'refused',
    code,
    ...(column === undefined ? {} : { column }),
    ...(constraint === undefined ? {} : { constraint }),
    message,
  };
}

/** The column of a key violation stands only in the detail: `Key ("emailsPrimaryEmail")=(...) already exists`. */
function columnOf(error: ServerError): string | undefined {
  if (error.column) return error.column;
  return /^Key \("?([^")]+)"?\)=/.exec(error.detail ?? '')?.[1];
}

/** The refusal behind an error of the server, or undefined when the data is not to blame. */
export function refusalOf(error: unknown): RowRefused | undefined {
  const state = sqlState(error);
  if (state === undefined) return undefined;
  if (!/^2[23]/.test(state) && !DATA_STATES.has(state)) return undefined;
  const server = error as ServerError;
  return refused(state, server.message, columnOf(server), server.constraint);
}

/** What can be refused before asking the server: nothing to set, columns that are not there or not writable. */
export function refusalBefore(
  columns: ReadonlyMap<string, TwentyColumn>,
  command: RowCommand,
): RowRefused | undefined {
  const table = `${command.schema}.${command.table}`;
  if (columns.size === 0) return refused('unknown-table', `there is no table ${table}`);
  const names = [...Object.keys(command.values), ...Object.keys(command.expected)];
  const unknown = names.find((name) => !columns.has(name));
  if (unknown !== undefined) return refused('unknown-column', `${table} has no column "${unknown}"`, unknown);
  const written = Object.keys(command.values);
  const generated = written.find((name) => columns.get(name)?.generated);
  if (generated !== undefined) {
    return refused(
      '428C9',
      `column "${generated}" of ${table} is generated and cannot be written`,
      generated,
    );
  }
  if (command.kind === 'insert' || written.length > 0) return undefined;
  return refused('nothing-to-write', `the update of ${table} names no column`);
}
