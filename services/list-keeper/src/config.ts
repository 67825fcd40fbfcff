import { GRAPH_OPTIONS, int, maybe, option, text, url } from '@sync/runtime';
import type { ConfigOf } from '@sync/runtime';

export const options = {
  ...GRAPH_OPTIONS,
  tickMs: option({
    env: 'SYNC_LIST_TICK_MS',
    parse: int,
    fallback: 1000,
    doc: 'How often the service looks what there is to do, milliseconds.',
  }),
  checkSeconds: option({
    env: 'SYNC_LIST_CHECK_SECONDS',
    parse: int,
    fallback: 60,
    doc: 'Seconds between two checks of a list and its subscription; a new configuration is acted on at once.',
  }),
  publicUrl: option({
    env: 'SYNC_PUBLIC_URL',
    parse: maybe(url),
    fallback: undefined,
    doc: 'Address under which Graph reaches the webhook-receiver, without /graph/notifications. Left out: timed reads only.',
  }),
  clientStateSecret: option({
    env: 'SYNC_CLIENT_STATE_SECRET',
    parse: maybe(text),
    fallback: undefined,
    doc: 'Secret from which the clientState of each subscription is made; needed with SYNC_PUBLIC_URL.',
    secret: true,
  }),
  subscriptionMinutes: option({
    env: 'SYNC_SUBSCRIPTION_MINUTES',
    parse: int,
    fallback: 20_160,
    doc: 'Life of a subscription, minutes; renewed at half of it. Graph allows 42,300.',
  }),
} as const;

export type Config = ConfigOf<typeof options>;

/** Part of the quota of an application that this service may use. */
export const BUDGET_SHARE = 0.1;
