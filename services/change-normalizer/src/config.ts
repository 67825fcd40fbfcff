import { int, option, text } from '@sync/runtime';

export const options = {
  readerUrl: option({
    env: 'SYNC_PG_READER_URL',
    parse: text,
    doc: "PostgreSQL URL of the role that reads Twenty's metadata.",
    secret: true,
  }),
  metadataPollMs: option({
    env: 'SYNC_METADATA_POLL_MS',
    parse: int,
    fallback: 2000,
    doc: "Milliseconds between two looks at the workspaces' metadata versions.",
  }),
};
