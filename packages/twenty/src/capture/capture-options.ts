/** Where and as whom capture is set up. Every URL is a PostgreSQL connection string. */
export interface CaptureOptions {
  /** A role that may create roles and publications; a superuser gets everything done. */
  readonly adminUrl: string;
  readonly replicationUrl: string;
  readonly readerUrl: string;
  readonly writerUrl: string;
  /** Name of the publication; `twenty_sync` unless said otherwise. */
  readonly publication?: string;
  /** Name of the logical replication slot; `twenty_sync` unless said otherwise. */
  readonly slot?: string;
}

/** A role of the pipeline, as its URL names it. */
export interface Login {
  readonly url: string;
  readonly role: string;
  readonly password: string;
}

/** Everything the steps need to know. */
export interface CaptureNames {
  readonly publication: string;
  readonly slot: string;
  readonly replication: Login;
  readonly reader: Login;
  readonly writer: Login;
}

/** The schema that holds the heartbeat, the signals and our own functions. */
export const CDC_SCHEMA = 'cdc';

/** Replication origins, one per connection of the writer: a change that carries one was made by the pipeline. */
export const WRITER_ORIGINS = ['sync_writer_1', 'sync_writer_2', 'sync_writer_3', 'sync_writer_4'] as const;

function login(variable: string, url: string): Login {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const role = decodeURIComponent(parsed?.username ?? '');
  const password = decodeURIComponent(parsed?.password ?? '');
  if (!role || !password) throw new Error(`${variable} must be postgres://role:password@host:port/database`);
  return { url, role, password };
}

/** Reads role names and passwords out of the URLs; throws with the variable's name when one is incomplete. */
export function captureNames(options: CaptureOptions): CaptureNames {
  return {
    publication: options.publication ?? 'twenty_sync',
    slot: options.slot ?? 'twenty_sync',
    replication: login('SYNC_PG_REPLICATION_URL', options.replicationUrl),
    reader: login('SYNC_PG_READER_URL', options.readerUrl),
    writer: login('SYNC_PG_WRITER_URL', options.writerUrl),
  };
}
