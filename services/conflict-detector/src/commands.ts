/** Open wishes as commands, conflicts as records. */
import { ALIVE, recordKey, to, topics } from '@sync/core';
import type { Lane, OpenWishes, OutRecord, RecordState, Side, Wish } from '@sync/core';
import type { Clash } from './brain/desire.ts';
import { isSeen, openWishes, register } from './brain/state.ts';
import type { Situation } from './situation.ts';

/** The command for everything that a side is asked for; nothing when it is asked for nothing. */
export function command(state: RecordState, side: Side, situation: Situation): OutRecord[] {
  const open = openWishes(state, side);
  if (open === null || situation.binding === null) return [];
  return [side === 'twenty' ? twentyWrite(state, open, situation) : sharepointWrite(open, situation)];
}

function sharepointWrite(open: OpenWishes, situation: Situation): OutRecord {
  const { tenantId, siteId, listId } = placeOf(situation);
  const value = {
    commandId: open.commandId,
    ...situation.ids,
    tenantId,
    siteId,
    listId,
    itemId: open.itemId,
    generation: generationOf(open.basis),
    basis: open.basis,
    etag: open.etag,
    wishes: wishesOf(open),
    changedAt: open.changedAt,
    issuedAt: open.sentAt,
  };
  return to(topics.writes[laneOf(open, situation)], recordKey(situation.ids), value, tenantId);
}

function placeOf({ binding }: Situation): { tenantId: string; siteId: string; listId: string } {
  return binding ?? { tenantId: '', siteId: '', listId: '' };
}

/** The middle part of a SharePoint version; see core/version.ts. */
function generationOf(basis: string): number {
  return basis === '' ? 0 : Number.parseInt(basis.split('-')[1] ?? '0', 16);
}

/** What only follows from another record's name may wait. */
function laneOf(open: OpenWishes, situation: Situation): Lane {
  const onlyDerived = situation.mapping.fields
    .filter((field) => open.wishes[field.name] !== undefined)
    .every((field) => field.derived?.from === 'label');
  return onlyDerived && open.wishes[ALIVE] === undefined && situation.lane < 'p2' ? 'p2' : situation.lane;
}

function twentyWrite(state: RecordState, open: OpenWishes, situation: Situation): OutRecord {
  const expected = Object.entries(open.wishes).filter(([field]) => field !== ALIVE);
  const { tenantId, siteId, listId } = placeOf(situation);
  return to(topics.twentyWrites, recordKey(situation.ids), {
    commandId: open.commandId,
    ...situation.ids,
    ...{ tenantId, siteId, listId, itemId: state.top?.itemId ?? null },
    wishes: wishesOf(open),
    expected: Object.fromEntries(expected.map(([field, wish]) => [field, wish.expected])),
    exists: isSeen(state, 'twenty', ALIVE),
    diedAt: open.wishes[ALIVE]?.expected ?? null,
    changedAt: open.changedAt,
    issuedAt: open.sentAt,
  });
}

function wishesOf(open: OpenWishes): Wish[] {
  return Object.entries(open.wishes).map(([field, { value, source }]) => ({ field, value, source }));
}

/** A conflict with both values, so that the losing one is never lost. */
export function conflictRecord(
  state: RecordState,
  clash: Clash,
  situation: Situation,
  now: number,
): OutRecord {
  const [twenty, sharepoint] = [
    register(state, 'twenty', clash.field),
    register(state, 'sharepoint', clash.field),
  ];
  const key = recordKey(situation.ids);
  const value = {
    ...situation.ids,
    ...clash,
    base: state.agreed[clash.field]?.value ?? null,
    twentyValue: twenty.value,
    sharepointValue: sharepoint.value,
    twentyVersion: twenty.version,
    sharepointVersion: sharepoint.version,
    twentyAt: twenty.at,
    sharepointAt: sharepoint.at,
    detectedAt: now,
  };
  return to(topics.conflicts, [key, clash.field, twenty.version, sharepoint.version].join('|'), value, key);
}
