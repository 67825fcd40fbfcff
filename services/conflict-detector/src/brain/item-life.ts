/** What pictures tell of the life of an item: when it ended, and whether it began by anybody's will. */
import { ALIVE, NO_VERSION, younger } from '@sync/core';
import type { RecordState } from '@sync/core';
import type { Seen } from './input.ts';
import { hasAskedFor, register, withRegister } from './state.ts';

/** How a writer marks that an item is gone which it last knew at the version before the mark. */
const GONE = '-deleted';
/** Item id and generation, with their dashes (core/version.ts). */
const LIFE_WIDTH = 18;
/** The number of an eTag is as wide. */
const ITEM_WIDTH = 12;
/** In place of that number: the end of a life. */
const END = 'f'.repeat(ITEM_WIDTH);

/**
 * An item that a writer finds gone is gone since its youngest version that is known: an answer may have told of that
 * before. But an item that was seen alive at a younger one has been brought back.
 */
export function goneSince(state: RecordState, version: string): string {
  if (!version.endsWith(GONE) || register(state, 'sharepoint', ALIVE).version > version) return version;
  const life = version.slice(0, LIFE_WIDTH);
  const versions = Object.values(state.sharepoint).map((known) => known.version);
  const ofLife = versions.filter((known) => known.startsWith(life) && !known.endsWith(GONE));
  return younger(version, `${ofLife.reduce(younger, '')}${GONE}`);
}

/**
 * An item that is known as it was later. Who found it gone, and who brought it back, do not count its lives alike; but the number
 * of its eTag grows through all of them.
 */
export function isKnownLater(state: RecordState, { exists, version }: Seen): boolean {
  if (!exists) return false;
  const known = Object.values(state.sharepoint).map((one) => one.version);
  const ofItem = known.filter((one) => itemIn(one) === itemIn(version) && !one.endsWith(END));
  return ofItem.some((one) => numberIn(one) > numberIn(version));
}

/**
 * A new item that our application made although nobody asks for one: a create that was given up, and carried out when the unique
 * column let it, because the item of the record had died. An item that a user has edited since is the user's.
 */
export function isLateBirth(
  state: RecordState,
  { ours, exists, version }: Pick<Seen, 'ours' | 'exists' | 'version'>,
): boolean {
  const asked = hasAskedFor(state, 'sharepoint', ALIVE, 'true');
  const last = register(state, 'sharepoint', ALIVE).version;
  return ours === true && exists && !asked && last !== NO_VERSION && itemIn(version) > itemIn(last);
}

/** Such an item stands there, but it does not live: what ended the one before it stands, told or not. */
export function unborn(state: RecordState): RecordState {
  const last = register(state, 'sharepoint', ALIVE);
  if (last.value === 'false') return state;
  const version = goneSince(state, `${last.version}${GONE}`);
  return withRegister(state, 'sharepoint', ALIVE, { value: 'false', version, at: null });
}

/** True when what is known of the life of the item is of a younger item now. */
export function isNextItem(before: RecordState, after: RecordState): boolean {
  const [was, is] = [before, after].map((state) => register(state, 'sharepoint', ALIVE).version);
  return was !== undefined && is !== undefined && was !== NO_VERSION && itemIn(is) > itemIn(was);
}

/** The part of a version that names the item (core/version.ts). */
function itemIn(version: string): string {
  return version.slice(0, ITEM_WIDTH);
}

/** The part of it that is the number of the eTag. */
function numberIn(version: string): string {
  return version.slice(LIFE_WIDTH, LIFE_WIDTH + ITEM_WIDTH);
}
