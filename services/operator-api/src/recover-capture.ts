/**
 * What is done when the replication slot is lost: the log of a while is gone, so every row is read anew. The order is the point.
 * A stopped connector holds no slot and writes no position; without a position it begins with a snapshot; and the slot that it makes
 * for that snapshot joins both without a gap, which a slot of ours would not (`docs/decisions/0012`).
 */
import type { Connector } from './connector.ts';

export interface RecoverParts {
  readonly connector: Pick<Connector, 'stop' | 'forgetPosition' | 'resume' | 'untilRunning'>;
  /** Puts roles, publication and replica identities right. */
  ensureCapture(): Promise<void>;
  /** Gives up what is left of the slot. */
  dropSlot(): Promise<void>;
  /** Resolves when the connector has made its slot: from then on nothing is missed. */
  untilSlot(): Promise<void>;
  /** How many rows the stream still knows and Twenty has no more. */
  countGone(): Promise<number>;
}

/** Lines to print, as it goes on. May be repeated after any failure. */
export async function* recoverCapture(parts: RecoverParts): AsyncGenerator<string> {
  const { connector } = parts;
  await connector.stop();
  yield 'stopped';
  await parts.dropSlot();
  await parts.ensureCapture();
  await connector.forgetPosition();
  yield 'slot and position given up';
  await connector.resume();
  await connector.untilRunning();
  await parts.untilSlot();
  yield 'running: every row is read anew, then what has happened since';
  const gone = await parts.countGone();
  yield gone === 0
    ? 'no row was deleted for good meanwhile'
    : `${gone} row(s) were deleted for good meanwhile, of which no log tells: look at \`npm run sync -- gone\``;
}
