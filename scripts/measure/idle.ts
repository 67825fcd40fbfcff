import { LANES, topics } from '@sync/core';
import type { Tools } from './tools.ts';

/** Counts commands in a minute in which nobody does anything. */
export async function measureIdle(tools: Tools): Promise<void> {
  let commands = 0;
  const count = (): void => void (commands += 1);
  for (const lane of LANES) await tools.client.follow(topics.writes[lane], count);
  await tools.client.follow(topics.twentyWrites, count);
  await tools.pause(60_000);
  console.log(`commands in an idle minute: ${commands}`);
}
