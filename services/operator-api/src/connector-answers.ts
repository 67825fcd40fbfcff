/** What Kafka Connect's REST API answers about a connector, and what that means. */

/** A worker that does not answer for this long is taken for dead, milliseconds. */
export const ANSWER_MS = 30_000;

/** How the connector and its tasks are. */
export interface Status {
  readonly connector?: { readonly state?: string };
  readonly tasks?: readonly { readonly state?: string; readonly trace?: string }[];
}

/** How far the connector has come, in Debezium's words. */
export interface Positions {
  readonly offsets?: readonly { readonly offset?: { readonly lsn?: number; readonly snapshot?: string } }[];
}

/** Null while Connect is away, or busy with a rebalance. */
export async function answerOf<T>(url: string): Promise<T | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    return answer.ok ? ((await answer.json()) as T) : null;
  } catch {
    return null;
  }
}

/** Is no task left? */
export function isStopped(status: Status | null): boolean {
  return status?.connector?.state === 'STOPPED' && (status.tasks ?? []).length === 0;
}

/** Do the connector and its tasks run? Throws when a task failed. */
export function isRunning(status: Status | null): boolean {
  refuseFailed(status);
  const states = statesOf(status);
  return states.length > 1 && states.every((state) => state === 'RUNNING');
}

/** Throws with the reason of a task that failed. */
export function refuseFailed(status: Status | null): void {
  const failed = status?.tasks?.find((task) => task.state === 'FAILED');
  if (failed !== undefined)
    throw new Error(`the capture task failed: ${failed.trace?.split('\n')[0] ?? 'no reason given'}`);
}

/** The state of the connector, then those of its tasks. */
export function statesOf(status: Status | null): (string | undefined)[] {
  return [status?.connector?.state, ...(status?.tasks ?? []).map((task) => task.state)];
}

/**
 * While rows are read, the position says so; the first that comes from the log does not. One before the place is that of a task that
 * was stopped and wrote down its position too late.
 */
export function isPastSnapshot(positions: Positions | null, place: number): boolean {
  const offset = positions?.offsets?.[0]?.offset;
  return offset?.lsn !== undefined && offset.lsn >= place && offset.snapshot === undefined;
}
