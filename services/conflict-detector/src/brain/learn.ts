/** What an input teaches: registers, agreements, answered wishes. Nothing is decided here. */
import { ALIVE, NO_VERSION } from '@sync/core';
import type { OpenWish, OpenWishes, RecordState, Side, Wish } from '@sync/core';
import { agree, moved } from './agree.ts';
import { carryOn, endWithLife, learnResolution, withdrawBack } from './decision.ts';
import type { Input, Refused, Seen } from './input.ts';
import { goneSince, isKnownLater, isLateBirth, unborn } from './item-life.ts';
import { isSeen, openWishes, register, withOpenWishes, withRegister } from './state.ts';

export function learn(state: RecordState, input: Input): RecordState {
  if (input.kind === 'seen') return learnSeen(state, input.side, input.seen);
  if (input.kind === 'answer') return forgetDeath(learnAnswer(state, input), input);
  if (input.kind === 'resolution') return learnResolution(state, input);
  return state;
}

/** A complete picture moves every register that is older (B1). */
function learnSeen(state: RecordState, side: Side, told: Seen): RecordState {
  if (side === 'sharepoint' && isKnownLater(state, told)) return state;
  const seen =
    side === 'sharepoint' && !told.exists ? { ...told, version: goneSince(state, told.version) } : told;
  const known = side === 'sharepoint' && isLateBirth(state, seen) ? unborn(state) : null;
  let next =
    known ?? learnField(learnDeath(state, side, seen), side, ALIVE, seen.exists ? 'true' : 'false', seen);
  for (const [field, value] of Object.entries(seen.values)) next = learnField(next, side, field, value, seen);
  for (const field of seen.unchanged)
    next = learnField(next, side, field, register(next, side, field).value, seen);
  next = endWithLife(state, next);
  return side === 'sharepoint' ? learnTop(next, seen) : next;
}

/** B10 for existence: dead and dead again look the same, so a delete is known by its time. */
function learnDeath(state: RecordState, side: Side, seen: Seen): RecordState {
  const isNews = side === 'twenty' && seen.version > register(state, 'twenty', ALIVE).version;
  return isNews ? withDeath(state, seen.diedAt ?? null) : state;
}

function withDeath(state: RecordState, diedAt: string | null): RecordState {
  return state.diedAt === diedAt ? state : { ...state, diedAt };
}

/** What we have written to the row's existence ourselves leaves a time that we do not know. */
function forgetDeath(state: RecordState, { side, answer, version }: Answer): RecordState {
  const isOurs = side === 'twenty' && answer === 'written';
  return isOurs && register(state, 'twenty', ALIVE).version === version ? withDeath(state, null) : state;
}

function learnField(
  state: RecordState,
  side: Side,
  field: string,
  value: string | null,
  seen: Seen,
): RecordState {
  const now = register(state, side, field);
  if (isSeen(state, side, field) && seen.version <= now.version) return state;
  const next = withRegister(state, side, field, moved(now, value, seen.version, seen.at));
  const bornWith = !isSeen(state, side, field) && state.parked[field]?.side === side;
  const known = bornWith ? takeAsBase(next, side, field) : next;
  // Another word on an item that was dead already is no sign of our own delete: that is meant for the next item.
  if (field === ALIVE && value === 'false' && now.value === 'false') return known;
  return recogniseOwn(known, side, field, value, seen.version);
}

/** B6: a value that we asked for is ours when it turns up, whichever of the values asked for it is. */
function recogniseOwn(
  state: RecordState,
  side: Side,
  field: string,
  value: string | null,
  version: string,
): RecordState {
  const asked = openWishes(state, side)?.asked[field]?.findLast((one) => one.value === value);
  if (asked === undefined) return state;
  return carryOn(agree(state, proofOf(side, field, value, version, asked.source)), side, field, value);
}

/** B7: only a complete picture may become the basis of a write. */
function learnTop(state: RecordState, seen: Seen): RecordState {
  if (seen.itemId === null || (state.top !== null && seen.version <= state.top.version)) return state;
  return {
    ...state,
    top: { version: seen.version, itemId: seen.itemId, etag: seen.exists ? seen.etag : null },
  };
}

type Answer = Extract<Input, { kind: 'answer' }>;

function learnAnswer(state: RecordState, answer: Answer): RecordState {
  if (isRepeatedBirth(state, answer)) return unborn(state);
  let next = answer.picture === null ? state : learnSeen(state, answer.side, answer.picture);
  if (answer.answer === 'written') next = agreeOnAll(next, answer, answer.version);
  if (answer.answer === 'alreadySo')
    next = agreeOnAll(next, answer, answer.picture?.version ?? answer.version);
  next = closeWishes(next, answer.side, answer.wishes);
  if (answer.answer === 'stale') next = withdrawBack(next, answer.wishes);
  next = answer.refusals.reduce((parked, refusal) => park(parked, answer.side, refusal), next);
  return isBirth(answer)
    ? answer.refusals.reduce((born, { field }) => bornWithout(born, answer, field), next)
    : next;
}

/** A create that has its answer and was carried out again made another item, because a user had deleted the first. */
function isRepeatedBirth(state: RecordState, answer: Answer): boolean {
  const { side, version } = answer;
  return (
    side === 'sharepoint' && isBirth(answer) && isLateBirth(state, { version, exists: true, ours: true })
  );
}

function isBirth(answer: Answer): boolean {
  return (
    answer.answer === 'written' && answer.wishes.some((wish) => wish.field === ALIVE && wish.value === 'true')
  );
}

/**
 * A record that came to life without a field that was refused holds something there all the same: nothing in a new item, a
 * default in a new row. Nobody set it, so it is no edit.
 */
function bornWithout(state: RecordState, answer: Answer, field: string): RecordState {
  const { side, version } = answer;
  if (side === 'sharepoint' && version > register(state, side, field).version) {
    return takeAsBase(withRegister(state, side, field, { value: null, version, at: null }), side, field);
  }
  if (isSeen(state, side, field)) return takeAsBase(state, side, field);
  // What the new row holds is not known yet; its first sight will be the base.
  return {
    ...state,
    agreed: Object.fromEntries(Object.entries(state.agreed).filter(([name]) => name !== field)),
  };
}

/** What a side holds in a parked field, as the base that the other side's value is an edit of; it stays parked. */
function takeAsBase(state: RecordState, side: Side, field: string): RecordState {
  const { value, version } = register(state, side, field);
  const parked = state.parked[field];
  if (parked === undefined) return state;
  const [ofTwenty, ofSharepoint] = side === 'twenty' ? [version, NO_VERSION] : [NO_VERSION, version];
  return {
    ...state,
    agreed: { ...state.agreed, [field]: { value, twentyVersion: ofTwenty, sharepointVersion: ofSharepoint } },
    parked: {
      ...state.parked,
      [field]: { ...parked, [side === 'twenty' ? 'twentyVersion' : 'sharepointVersion']: version },
    },
  };
}

/** B3: an answer speaks for its fields only. */
function agreeOnAll(state: RecordState, answer: Answer, version: string): RecordState {
  const refused = new Set(answer.refusals.map((refusal) => refusal.field));
  return answer.wishes
    .filter((wish) => !refused.has(wish.field))
    .reduce(
      (next, { field, value, source }) =>
        carryOn(agree(next, proofOf(answer.side, field, value, version, source)), answer.side, field, value),
      state,
    );
}

/** A wish is over when the answer speaks for it; a wish that replaced it meanwhile has its own answer coming. */
function closeWishes(state: RecordState, side: Side, answered: readonly Wish[]): RecordState {
  const open = openWishes(state, side);
  if (open === null) return state;
  const isOver = (field: string, wish: OpenWish): boolean =>
    answered.some((one) => one.field === field && one.value === wish.value && one.source === wish.source);
  const life = open.wishes[ALIVE];
  // A delete speaks for existence alone: what guarded it ends with it.
  const isDelete = life?.value === 'false' && isOver(ALIVE, life);
  return withOpenWishes(
    state,
    side,
    isDelete ? null : keepWishes(open, (field, wish) => !isOver(field, wish)),
  );
}

/** What is left of the open wishes; null when that is none. */
function keepWishes(open: OpenWishes, isKept: (field: string, wish: OpenWish) => boolean): OpenWishes | null {
  const wishes = Object.entries(open.wishes).filter(([field, wish]) => isKept(field, wish));
  if (wishes.length === 0) return null;
  // A value stays asked for when a delete has replaced its wish: it has no answer yet.
  const isAnswered = (field: string): boolean =>
    open.wishes[field] !== undefined && !wishes.some(([kept]) => kept === field);
  const asked = Object.entries(open.asked).filter(([field]) => !isAnswered(field));
  return { ...open, wishes: Object.fromEntries(wishes), asked: Object.fromEntries(asked) };
}

/** A refused field is left alone until the record, the item or the mapping changes. */
function park(state: RecordState, side: Side, refusal: Refused): RecordState {
  const open = openWishes(state, side);
  const next =
    open === null
      ? state
      : withOpenWishes(
          state,
          side,
          keepWishes(open, (field) => field !== refusal.field),
        );
  const parked = {
    side,
    code: refusal.code,
    reason: refusal.reason,
    twentyVersion: register(state, 'twenty', refusal.field).version,
    sharepointVersion: register(state, 'sharepoint', refusal.field).version,
  };
  return { ...next, parked: { ...next.parked, [refusal.field]: parked } };
}

function proofOf(side: Side, field: string, value: string | null, version: string, source: string) {
  return side === 'twenty'
    ? { field, value, twentyVersion: version, sharepointVersion: source }
    : { field, value, twentyVersion: source, sharepointVersion: version };
}
