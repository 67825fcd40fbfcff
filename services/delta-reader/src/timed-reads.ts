/** Timed readings: what no notification told is found all the same. */
import { listKey } from '@sync/core';
import type { ListBinding } from '@sync/core';
import type { Schedule } from './schedule.ts';

/** Keys of the lists that are ours and have not been read for as long as their binding says. */
export function dueLists(
  bindings: Iterable<[string, ListBinding]>,
  schedule: Pick<Schedule, 'isDue'>,
  owns: (tenantId: string) => boolean,
  now: number,
): string[] {
  const due: string[] = [];
  for (const [, binding] of bindings) {
    const key = listKey(binding);
    if (owns(binding.tenantId) && schedule.isDue(key, binding.pollSeconds * 1000, now)) due.push(key);
  }
  return due;
}
