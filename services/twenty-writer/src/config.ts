import { int, option, url } from '@sync/runtime';

export const options = {
  writerUrl: option({
    env: 'SYNC_PG_WRITER_URL',
    parse: url,
    doc: "Twenty's PostgreSQL as the writing role that `cdc ensure` makes.",
    secret: true,
  }),
  connections: option({
    env: 'SYNC_PG_WRITER_CONNECTIONS',
    parse: int,
    fallback: 4,
    doc: 'Connections to PostgreSQL at most.',
  }),
} as const;
