/** Where and as whom capture is set up, out of the environment. */
import type { CaptureOptions } from './capture-options.ts';

const VARIABLES = {
  adminUrl: 'SYNC_PG_URL',
  replicationUrl: 'SYNC_PG_REPLICATION_URL',
  readerUrl: 'SYNC_PG_READER_URL',
  writerUrl: 'SYNC_PG_WRITER_URL',
} as const;

/** Variables that must be set. */
export const CAPTURE_VARIABLES: readonly string[] = Object.values(VARIABLES);

/** Reads the options; throws with the names of what is missing. */
export function captureOptions(env: Readonly<Record<string, string | undefined>>): CaptureOptions {
  const missing = CAPTURE_VARIABLES.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
  return {
    adminUrl: env[VARIABLES.adminUrl] ?? '',
    replicationUrl: env[VARIABLES.replicationUrl] ?? '',
    readerUrl: env[VARIABLES.readerUrl] ?? '',
    writerUrl: env[VARIABLES.writerUrl] ?? '',
    ...optional('publication', env['SYNC_PG_PUBLICATION']),
    ...optional('slot', env['SYNC_PG_SLOT']),
  };
}

function optional(key: 'publication' | 'slot', value: string | undefined): Record<string, string> {
  return value ? { [key]: value } : {};
}
