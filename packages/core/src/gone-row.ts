/**
 * A row that was deleted while nobody captured: no log tells of it any more. The operator's `connector gone` puts a message into
 * PostgreSQL's log instead, which the capture carries like every other change, in its place.
 */

/** Prefix of such messages in the log. */
export const GONE_PREFIX = 'twenty_sync.gone';

/** Content of such a message, as JSON. */
export interface GoneRow {
  readonly schema: string;
  readonly table: string;
  readonly id: string;
}
