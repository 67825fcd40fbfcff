import { Pool } from 'pg';
import type { PoolClient, PoolConfig } from 'pg';
import { sqlState } from '../sql.ts';
import type { ColumnValue } from './row-command.ts';

/** An answer of the server with every value as the text it sent: nothing is rounded on the way. */
export interface TextAnswer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** One connection, asked in text. */
export interface TextClient {
  ask(text: string, values: readonly ColumnValue[]): Promise<TextAnswer>;
}

/** How the writer connects. */
export interface WriterConnectionOptions {
  readonly url: string;
  readonly connections: number;
  readonly origins: readonly string[];
}

/** Times and dates come in one form; a lock or a statement that takes too long becomes an outage, not a hang. */
const SESSION = `SET TIME ZONE 'UTC'; SET DateStyle = 'ISO, YMD'; SET extra_float_digits = 1;
SET lock_timeout = '10s'; SET statement_timeout = '30s'`;

const AS_TEXT = { getTypeParser: () => (text: string) => text } as unknown as NonNullable<
  PoolConfig['types']
>;

/**
 * Marks the session's changes in the WAL as ours. An origin serves one session at a time, so the next free one is
 * taken; without any the changes go unmarked, which costs nothing but the hint.
 */
async function markOrigin(client: PoolClient, origins: readonly string[]): Promise<boolean> {
  for (const origin of origins) {
    try {
      await client.query('SELECT pg_replication_origin_session_setup($1)', [origin]);
      return true;
    } catch (error) {
      if (sqlState(error) === undefined) throw error;
    }
  }
  return false;
}

/**
 * A marked session tells the time of its commits itself: PostgreSQL takes that of the first commit for all later ones,
 * unless it is set anew, and the change feed would carry it as the commit time.
 */
const COMMIT_TIME = "SELECT pg_replication_origin_xact_setup('0/1', clock_timestamp())";

function textClient(client: PoolClient): TextClient {
  return {
    async ask(text, values) {
      const result = await client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array' });
      return { names: result.fields.map(({ name }) => name), rows: result.rows };
    },
  };
}

/** The next statement on the connection reports what happened. */
const ignore = (): void => undefined;

/** The writer's connections, each prepared once. */
export class WriterConnections {
  readonly #pool: Pool;
  readonly #prepared = new WeakSet<PoolClient>();
  readonly #marked = new WeakSet<PoolClient>();
  readonly #origins: readonly string[];

  constructor(options: WriterConnectionOptions) {
    this.#origins = options.origins;
    this.#pool = new Pool({
      connectionString: options.url,
      max: options.connections,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: 10_000,
      query_timeout: 60_000,
      keepAlive: true,
      types: AS_TEXT,
    });
    // An idle connection that breaks is replaced by the next write, which reports the outage if it lasts.
    this.#pool.on('error', () => undefined);
  }

  /** Lends a connection; one whose work failed is thrown away, for nobody knows what state it is in. */
  async use<T>(work: (client: TextClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    // The pool listens to idle connections only: one that breaks between two statements must not end the process.
    client.on('error', ignore);
    try {
      await this.#prepare(client);
      if (this.#marked.has(client)) await client.query(COMMIT_TIME);
      const result = await work(textClient(client));
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    } finally {
      client.off('error', ignore);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #prepare(client: PoolClient): Promise<void> {
    if (this.#prepared.has(client)) return;
    await client.query(SESSION);
    if (await markOrigin(client, this.#origins)) this.#marked.add(client);
    this.#prepared.add(client);
  }
}
