import { ALIVE } from '@sync/core';
import type { OpenWishes, RecordState, Review } from '@sync/core';
import { NOTHING_KNOWN } from './brain/state.ts';
import { createTally } from './tally.ts';

const COMPANY = { workspaceId: 'w', object: 'company' };

function asking(
  field: string,
  value: string | null,
  expected: string | null,
  commandId = field,
): RecordState {
  const wish = { value, source: '1', expected };
  const open: OpenWishes = {
    ...{ commandId, basis: '', etag: null, itemId: null },
    wishes: { [field]: wish },
    asked: {},
    changedAt: null,
    sentAt: 0,
  };
  return { ...NOTHING_KNOWN, outSharepoint: open };
}

function rig() {
  const states = new Map<string, RecordState>();
  const tally = createTally((key) => states.get(key));
  const note = (key: string, after: RecordState, now: number): void => {
    tally.note(key, states.get(key), after, now);
    states.set(key, after);
  };
  return { tally, note, states };
}

test('deletes and overwrites are counted per object, side and window', () => {
  const { tally, note } = rig();
  note('w|company|1', asking(ALIVE, 'false', 'true'), 100);
  note('w|company|2', asking(ALIVE, 'false', 'true'), 200);
  note('w|person|3', asking(ALIVE, 'false', 'true'), 200);
  note('w|company|4', asking('name', 'b', 'a'), 200);
  expect(tally.massOf(COMPANY, 'sharepoint', 'massDelete', 0).written).toBe(2);
  expect(tally.massOf(COMPANY, 'sharepoint', 'massOverwrite', 0).written).toBe(1);
  expect(tally.massOf(COMPANY, 'twenty', 'massDelete', 0).written).toBe(0);
  expect(tally.massOf(COMPANY, 'sharepoint', 'massDelete', 150).written).toBe(1);
});

test.each([
  ['a birth', asking(ALIVE, 'true', null)],
  ['what fills a blank', asking('name', 'b', null)],
])('%s is not counted', (_, state) => {
  const { tally, note } = rig();
  note('w|company|1', state, 0);
  for (const kind of ['massDelete', 'massOverwrite'] as const)
    expect(tally.massOf(COMPANY, 'sharepoint', kind, 0).written).toBe(0);
});

test('a command sent again counts once', () => {
  const { tally, note } = rig();
  note('w|company|1', asking(ALIVE, 'false', 'true'), 0);
  note('w|company|1', asking(ALIVE, 'false', 'true'), 1);
  expect(tally.massOf(COMPANY, 'sharepoint', 'massDelete', 0).written).toBe(1);
});

test('the question is open until the newest state has its answer, whoever wrote that', () => {
  const { tally, note, states } = rig();
  const review: Review = {
    ...{ base: 'true', twentyValue: null, sharepointValue: null, twentyVersion: '', sharepointVersion: '' },
    ...{ kind: 'massDelete', choice: null, value: null },
  };
  const asked = { ...NOTHING_KNOWN, review: { [ALIVE]: review } };
  const isAsked = (): boolean => tally.massOf(COMPANY, 'sharepoint', 'massDelete', 0).isAsked;
  expect(isAsked()).toBe(false);
  note('w|company|1', asked, 0);
  expect(isAsked()).toBe(true);
  states.set('w|company|1', { ...asked, review: { [ALIVE]: { ...review, choice: 'twenty' } } });
  expect(isAsked()).toBe(false);
});
