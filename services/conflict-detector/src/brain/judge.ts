/** One field, looked at alone: what both sides hold against what they last agreed on. */
import type { RecordState, Side } from '@sync/core';
import { register } from './state.ts';

export type Judgement =
  /** Both sides hold the same. */
  | 'same'
  /** Only Twenty moved: SharePoint is to follow. */
  | 'twentyMoved'
  /** Only SharePoint moved: Twenty is to follow. */
  | 'sharepointMoved'
  /** Both moved, to different values. */
  | 'bothMoved'
  /** They differ though neither moved: a side keeps the agreed value in a form of its own. */
  | 'neitherMoved';

/** Three-way comparison. Without an agreement a side counts as moved as soon as it was seen. */
export function judge(state: RecordState, field: string): Judgement {
  if (register(state, 'twenty', field).value === register(state, 'sharepoint', field).value) return 'same';
  const twenty = hasMoved(state, 'twenty', field);
  const sharepoint = hasMoved(state, 'sharepoint', field);
  if (twenty && sharepoint) return 'bothMoved';
  if (twenty) return 'twentyMoved';
  return sharepoint ? 'sharepointMoved' : 'neitherMoved';
}

/** True when a side holds something else than was agreed, at a younger version. */
export function hasMoved(state: RecordState, side: Side, field: string): boolean {
  const now = state[side][field];
  if (now === undefined) return false;
  const base = state.agreed[field];
  if (base === undefined) return true;
  const agreedVersion = side === 'twenty' ? base.twentyVersion : base.sharepointVersion;
  return now.value !== base.value && now.version > agreedVersion;
}
