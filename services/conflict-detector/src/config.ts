import { int, option } from '@sync/runtime';

export const options = {
  resendAfterMs: option({
    env: 'SYNC_RESEND_AFTER_MS',
    parse: int,
    fallback: 120_000,
    doc: 'Age, in milliseconds, after which a command without an answer is sent again.',
  }),
};
