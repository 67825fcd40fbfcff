/** Waits until new topics can be used. */
import { SyncError } from '@sync/core';
import type { Admin } from 'kafkajs';

/** How often the brokers are asked, and how long one asks: half a minute in all. */
const ASKINGS = 150;
const PAUSE_MS = 200;

/**
 * Resolves when every partition has a leader, at every broker that was asked: with several brokers, one may not have heard yet
 * of a topic that another has made. Throws KAFKA_UNAVAILABLE after half a minute.
 */
export async function untilLed(
  admin: Pick<Admin, 'fetchTopicMetadata'>,
  topics: readonly string[],
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  let cause: unknown = new Error('a partition has no leader');
  for (let asking = 0; asking < ASKINGS; asking++) {
    try {
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
      if (found.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      cause = error;
    }
    await pause(PAUSE_MS);
  }
  throw new SyncError('KAFKA_UNAVAILABLE', 'creating topics: they were made but cannot be used', { cause });
}
