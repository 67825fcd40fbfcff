import { sqlState } from './sql.ts';

/** Twenty's database cannot be used just now (down, busy, misconfigured); the caller waits and tries again. */
export class TwentyUnavailable extends Error {
  override readonly name = 'TwentyUnavailable';
  readonly code: string;

  constructor(code: string, message: string, cause: unknown) {
    super(`Twenty's database: ${message} (${code})`, { cause });
    this.code = code;
  }
}

/** SQLSTATE classes that pass: connection, privileges of the session, resources, operator, system, conflicts. */
const PASSING_CLASSES = new Set(['08', '25', '28', '40', '53', '55', '57', '58']);

/** Single states of other classes that an operator heals: database missing, grants missing, publication unfit. */
const HEALED_BY_OPERATOR: Readonly<Record<string, string>> = {
  '3D000': 'create the database or correct its name in the URL',
  '42501': 'run "cdc ensure" to grant the writer what it needs',
  '42P10': 'run "cdc ensure": the publication must publish generated columns',
};

/** What Node and `pg` call a connection that is not there. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ECONNABORTED',
]);
const NETWORK_MESSAGE =
  /connection terminated|timeout exceeded|query read timeout|client has encountered a connection error|connection ended|not queryable|was closed/i;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isNetwork(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (typeof code === 'string' && NETWORK_CODES.has(code)) || NETWORK_MESSAGE.test(messageOf(error));
}

/** The outage behind an error of `pg`, or undefined when it is something else. */
export function asUnavailable(error: unknown): TwentyUnavailable | undefined {
  if (error instanceof TwentyUnavailable) return error;
  const state = sqlState(error);
  if (state === undefined || NETWORK_CODES.has(state)) {
    return isNetwork(error) ? new TwentyUnavailable('connection', messageOf(error), error) : undefined;
  }
  const fix = HEALED_BY_OPERATOR[state];
  if (fix) return new TwentyUnavailable(state, `${messageOf(error)}; ${fix}`, error);
  return PASSING_CLASSES.has(state.slice(0, 2))
    ? new TwentyUnavailable(state, messageOf(error), error)
    : undefined;
}

/** Throws the outage behind an error, or the error itself. */
export function unavailableOr(error: unknown): never {
  throw asUnavailable(error) ?? error;
}
