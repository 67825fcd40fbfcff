import { Pool } from 'pg';
import type { Queryable } from '../sql.ts';
import { unavailableOr } from '../twenty-unavailable.ts';
import type { TwentyWorkspace } from './catalog-model.ts';
import { readRawCatalog } from './raw-catalog.ts';
import { readCatalog } from './read-catalog.ts';

/** Reads every workspace with its objects, fields and columns. */
export async function discover(db: Queryable): Promise<readonly TwentyWorkspace[]> {
  return readCatalog(await readRawCatalog(db));
}

/** The metadata version of every workspace: a cheap way to learn that `discover` would say something new. */
export async function readMetadataVersions(db: Queryable): Promise<ReadonlyMap<string, number>> {
  const found = await db.query('SELECT id::text AS id, "metadataVersion" AS version FROM core.workspace');
  return new Map(found.rows.map(({ id, version }) => [String(id), Number(version)]));
}

/** A reader of Twenty's metadata with a connection of its own. */
export interface MetadataReader {
  /** Throws `TwentyUnavailable` when the database cannot be reached. */
  discover(): Promise<readonly TwentyWorkspace[]>;
  /** Throws `TwentyUnavailable` when the database cannot be reached. */
  metadataVersions(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** Opens a reader; it connects when it is first asked, and again after an outage. */
export function openMetadataReader(options: { readonly url: string }): MetadataReader {
  const pool = new Pool({
    connectionString: options.url,
    max: 1,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
  });
  // An idle connection that breaks is replaced by the next request, which reports the outage if it lasts.
  pool.on('error', () => undefined);
  return {
    discover: () => discover(pool).catch(unavailableOr),
    metadataVersions: () => readMetadataVersions(pool).catch(unavailableOr),
    close: () => pool.end(),
  };
}
