import type { Client } from '@sync/runtime';
import { schemaOfWorkspaceId } from '@sync/core';
import type pg from 'pg';

/** What a measurement works with. */
export interface Tools {
  readonly client: Client;
  readonly db: pg.Client;
  readonly workspaceId: string;
  readonly simulatorUrl: string;
  pause(ms: number): Promise<unknown>;
}

/** Ids of companies of the workspace, the first `count`. */
export async function companies({ db, workspaceId }: Tools, count: number): Promise<string[]> {
  const found = await db.query<{ id: string }>(
    `SELECT id FROM ${table(workspaceId)} WHERE "deletedAt" IS NULL ORDER BY id LIMIT ${count}`,
  );
  return found.rows.map((row) => row.id);
}

/** The quoted company table of a workspace. */
export function table(workspaceId: string): string {
  return `"${schemaOfWorkspaceId(workspaceId)}".company`;
}

/** `p50 / p99 / max` of times in milliseconds. */
export function summary(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN)
      .toFixed(1)
      .padStart(8);
  return `p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   max ${at(1)} ms   (${sorted.length})`;
}
