import { int, option } from '@sync/runtime';

export const options = {
  bodyLimitBytes: option({
    env: 'SYNC_NOTIFICATION_BODY_LIMIT',
    parse: int,
    fallback: 256 * 1024,
    doc: 'Largest body of a notification, bytes; a larger one is answered with 413.',
  }),
} as const;
