/** The three kinds of failure that are not values: wait, dead letter, crash. Anything that is no SyncError is a bug and crashes. */

export type Reaction = 'wait' | 'deadLetter' | 'crash';

/** Every error code, what the runtime does about it, and what it means. */
export const ERRORS = {
  GRAPH_THROTTLED: {
    reaction: 'wait',
    doc: 'Microsoft Graph answered 429 or 503; the work waits for Retry-After.',
  },
  GRAPH_UNAVAILABLE: {
    reaction: 'wait',
    doc: 'Microsoft Graph could not be reached or answered 5xx; the work is tried again later.',
  },
  GRAPH_UNAUTHORIZED: {
    reaction: 'wait',
    doc: 'No token could be had, or Graph refused it (401, 403): check application, secret, and the grant on the site.',
  },
  LIST_NOT_READY: {
    reaction: 'wait',
    doc: 'The list of this object is not known yet; the list-keeper has not published it.',
  },
  TWENTY_UNAVAILABLE: {
    reaction: 'wait',
    doc: "Twenty's PostgreSQL could not be reached; the work is tried again later.",
  },
  KAFKA_UNAVAILABLE: {
    reaction: 'wait',
    doc: 'Kafka did not acknowledge in time; the work is tried again later.',
  },
  REGISTRY_UNAVAILABLE: {
    reaction: 'wait',
    doc: 'The schema registry could not be reached; the work is tried again later.',
  },
  RESOLUTION_INVALID: {
    reaction: 'deadLetter',
    doc: 'A decision that the field cannot take: the reason names what it can.',
  },
  RECORD_UNREADABLE: {
    reaction: 'deadLetter',
    doc: 'The record is not what its topic promises: malformed bytes or JSON, a key of another record, a value that cannot be.',
  },
  SCHEMA_UNKNOWN: {
    reaction: 'deadLetter',
    doc: 'The record names a schema id that the registry does not know.',
  },
  SCHEMA_MISSING: {
    reaction: 'crash',
    doc: 'A schema of this service is not registered: run the schema step (`npm run sync -- schemas`).',
  },
  TOPIC_MISSING: {
    reaction: 'crash',
    doc: 'A topic of the manifest does not exist: run the topic step (`npm run sync -- topics`).',
  },
  TOPIC_MISMATCH: {
    reaction: 'crash',
    doc: 'Topics of one family have different partition counts; records of one key would be torn apart.',
  },
  CONFIG_INVALID: {
    reaction: 'crash',
    doc: 'A configuration value is wrong; the message lists every mistake.',
  },
  DEAD_LETTER_LIMIT: {
    reaction: 'crash',
    doc: 'Too many dead letters in a row: the fault is probably ours, so the service stops.',
  },
} as const satisfies Record<string, { reaction: Reaction; doc: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** An error whose meaning is known. `detail` is for logs and must hold no customer data. */
export class SyncError extends Error {
  readonly code: ErrorCode;
  /** How long to wait at least before the next try, milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number; detail?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SyncError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.detail = options.detail ?? {};
  }
}

/** What to do about an error of any kind. */
export function reactionTo(error: unknown): Reaction {
  return error instanceof SyncError ? ERRORS[error.code].reaction : 'crash';
}
