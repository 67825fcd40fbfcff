/** What a notification leads to: a reading of its list, and a new authorization when Graph asks for one. */
import { drop } from '@sync/core';
import type { Outcome, SharePointNotification } from '@sync/core';
import { GraphRefusedError, reauthorize } from '@sync/graph';
import type { GraphClient } from '@sync/graph';

export interface DoorbellParts {
  /** The client for a list; undefined when the list is not synced. */
  readonly clientOf: (listKey: string) => GraphClient | undefined;
  /** Asks for a reading; false when one is asked for already. */
  readonly request: (listKey: string) => boolean;
  readonly log: { warn(detail: object, message: string): void };
}

/**
 * The record is done before the list was read: whoever starts or takes over the partition reads all its lists at
 * once, so a notification that was not read for is not lost.
 */
export async function answerDoorbell(
  key: string,
  notification: SharePointNotification,
  parts: DoorbellParts,
): Promise<Outcome> {
  const client = parts.clientOf(key);
  if (client === undefined) return drop('list-not-synced');
  if (notification.kind === 'reauthorizationRequired')
    await authorizeAgain(client, notification.subscriptionId, parts);
  return drop(parts.request(key) ? 'reading-asked-for' : 'reading-asked-for-already');
}

/** A subscription that is gone or refused is the list-keeper's to make again. */
async function authorizeAgain(
  client: GraphClient,
  subscriptionId: string,
  { log }: DoorbellParts,
): Promise<void> {
  try {
    if (await reauthorize(client, subscriptionId)) return;
    log.warn({ subscriptionId }, 'The subscription to authorize again is gone.');
  } catch (error) {
    if (!(error instanceof GraphRefusedError)) throw error;
    log.warn({ subscriptionId, reason: error.message }, 'Graph refused to authorize the subscription again.');
  }
}
