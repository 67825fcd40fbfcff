/**
 * What is done when the replication slot is lost: the log of a while is gone, so every row is read anew. The order is the point.
 * A stopped connector holds no slot and writes no position; without a position it begins with a snapshot; and the slot that it makes
 * for that snapshot joins both without a gap, which a slot that is there already would not (`docs/decisions/0012`). A task that starts
 * again before the snapshot is complete finds such a slot: the database refuses that snapshot (`docs/decisions/0019`), and all is done once more.
 */
import type { Connector } from './connector.ts';

/** A line tells every so many looks that rows are still being read. */
const LOOKS_PER_LINE = 30;

export interface RecoverParts {
  readonly connector: Pick<Connector, 'stop' | 'forgetPosition' | 'resume' | 'untilRunning' | 'hasReadSince'>;
  /** Puts roles, publication, replica identities and the guard of snapshots right. */
  ensureCapture(): Promise<void>;
  /** Gives up what is left of the slot. */
  dropSlot(): Promise<void>;
  /** Where PostgreSQL's log ends now. */
  logPlace(): Promise<number>;
  /** How many snapshots were refused since `forgetRefused`. */
  refused(): Promise<number>;
  forgetRefused(): Promise<void>;
  /** Resolves when it is time for the next look. */
  pause(): Promise<void>;
  /** How many rows the stream still knows and Twenty has no more. */
  countGone(): Promise<number>;
}

/** Lines to print, as it goes on. May be repeated after any failure. */
export async function* recoverCapture(parts: RecoverParts): AsyncGenerator<string> {
  while (!(yield* readsToTheEnd(parts, yield* beginAnew(parts))))
    yield 'the task started again within the snapshot, and rows and slot do not join: everything once more';
  yield 'every row is read';
  const gone = await parts.countGone();
  yield gone === 0
    ? 'no row was deleted for good meanwhile'
    : `${gone} row(s) were deleted for good meanwhile, of which no log tells: look at \`npm run sync -- gone\``;
}

/** The place in the log after which the new snapshot is. */
async function* beginAnew(parts: RecoverParts): AsyncGenerator<string, number> {
  const { connector } = parts;
  await connector.stop();
  yield 'stopped';
  await parts.dropSlot();
  await parts.ensureCapture();
  await connector.forgetPosition();
  await parts.forgetRefused();
  const place = await parts.logPlace();
  yield 'slot and position given up';
  await connector.resume();
  await connector.untilRunning();
  yield 'running: every row is read anew, then what has happened since';
  return place;
}

/** False when the snapshot was refused. What was read to its end was read with its own slot: nothing else is let through. */
async function* readsToTheEnd(parts: RecoverParts, place: number): AsyncGenerator<string, boolean> {
  for (let looks = 1; !(await parts.connector.hasReadSince(place)); looks++) {
    if ((await parts.refused()) > 0) return false;
    if (looks % LOOKS_PER_LINE === 0)
      yield 'not every row is read yet; whoever ends this command repeats it, from the start';
    await parts.pause();
  }
  return true;
}
