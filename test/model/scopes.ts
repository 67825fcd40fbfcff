/** The small worlds that are explored: what may happen in each, and how often. */
import { buried, firstMeeting, inStep, newItem, newRow } from './starts.ts';
import type { Start } from './starts.ts';
import type { SetupChoice } from './setup.ts';
import type { Budget } from './world.ts';

export interface Scope {
  readonly name: string;
  readonly start: Start;
  readonly setup: SetupChoice;
  readonly budget: Partial<Budget>;
}

const ONE_FIELD = { edited: ['f'] };
const WITH_ID = { edited: ['f'], withIdentity: true };

function scope(name: string, budget: Partial<Budget>, setup: SetupChoice = {}, start: Start = inStep): Scope {
  return { name, start, setup, budget };
}

const edits = (twenty: number, sharepoint: number): Partial<Budget> => ({
  editTwenty: twenty,
  editSharepoint: sharepoint,
});

/** Smaller ones first. */
export const SCOPES: readonly Scope[] = [
  scope(
    'a new row, a crash of each writer',
    { ...edits(1, 1), crashSharepointWriter: 1, crashTwentyWriter: 1 },
    WITH_ID,
    newRow,
  ),
  scope(
    'a new row, answers lost',
    { ...edits(1, 0), lostAnswer: 2, ghost: 1, crashSharepointWriter: 1 },
    ONE_FIELD,
    newRow,
  ),
  scope('a new item', { ...edits(1, 1), crashTwentyWriter: 1, crashSharepointWriter: 1 }, WITH_ID, newItem),
  scope(
    'a new item, deleted',
    { ...edits(0, 1), deleteSharepoint: 1, deleteTwenty: 1, restoreTwenty: 1 },
    WITH_ID,
    newItem,
  ),
  scope('first meeting', { ...edits(1, 1), crashBrain: 1 }, ONE_FIELD, firstMeeting),
  scope(
    'first meeting for a person',
    { ...edits(1, 1), resolve: 1 },
    { ...ONE_FIELD, strategy: 'manualReview' },
    firstMeeting,
  ),
  scope('one edit on each side, all told again', { ...edits(1, 1), replay: 1 }),
  scope('one edit on each side, the brain dies', { ...edits(1, 1), crashBrain: 1 }),
  scope('one edit on each side, sent again', { ...edits(1, 1), resend: 1 }),
  scope('one edit on each side, both writers die', {
    ...edits(1, 1),
    crashSharepointWriter: 1,
    crashTwentyWriter: 1,
    ghost: 1,
  }),
  scope('one edit on each side, answers lost', { ...edits(1, 1), lostAnswer: 1, crashBrain: 1 }),
  scope('two edits of one field on each side', edits(2, 2), ONE_FIELD),
  scope('two edits on each side', edits(2, 2)),
  scope('Twenty has priority', edits(2, 2), { ...ONE_FIELD, strategy: 'twentyPriority' }),
  scope('SharePoint has priority', edits(2, 2), { ...ONE_FIELD, strategy: 'sharePointPriority' }),
  scope('a person decides', { ...edits(2, 2), resolve: 2 }, { ...ONE_FIELD, strategy: 'manualReview' }),
  scope(
    'a person decides, all told again, the brain dies',
    { ...edits(1, 1), resolve: 1, crashBrain: 1, replay: 1 },
    { ...ONE_FIELD, strategy: 'manualReview' },
  ),
  scope(
    'a person decides, writers die',
    { ...edits(1, 2), resolve: 1, crashSharepointWriter: 1, crashTwentyWriter: 1, ghost: 1 },
    { ...ONE_FIELD, strategy: 'manualReview' },
  ),
  scope(
    'a person decides, is told again, and values are typed again',
    { ...edits(1, 2), resolve: 1, replayDecisions: 1 },
    { ...ONE_FIELD, strategy: 'manualReview', vocabulary: ['b', 'c'] },
  ),
  scope(
    'two decisions on one question',
    { ...edits(1, 1), resolve: 2 },
    { ...ONE_FIELD, strategy: 'manualReview' },
  ),
  scope('a decision and an edit', { ...edits(1, 2), resolve: 1 }, { ...ONE_FIELD, strategy: 'manualReview' }),
  scope(
    'a decision and a delete',
    { ...edits(1, 1), resolve: 1, deleteTwenty: 1, deleteSharepoint: 1 },
    { ...ONE_FIELD, strategy: 'manualReview' },
  ),
  scope(
    'a mass delete is held until a person decides',
    { ...edits(1, 1), deleteTwenty: 1, deleteSharepoint: 1, resolve: 1, crashBrain: 1 },
    { ...ONE_FIELD, tripped: 'massDelete' },
  ),
  scope(
    'a mass overwrite is held until a person decides',
    { ...edits(2, 1), resolve: 2, crashBrain: 1 },
    { ...ONE_FIELD, tripped: 'massOverwrite' },
  ),
  scope(
    'a loop is held until a person decides',
    { ...edits(2, 2), resolve: 2 },
    { ...ONE_FIELD, loopLimit: 2 },
  ),
  scope(
    'edits are merged part by part',
    { ...edits(2, 1), crashBrain: 1 },
    { ...ONE_FIELD, strategy: 'fieldMerge', withParts: true },
  ),
  scope(
    'edits are merged part by part, twice',
    { ...edits(2, 2) },
    { ...ONE_FIELD, strategy: 'fieldMerge', withParts: true },
  ),
  scope(
    'the name of another record is shown',
    { ...edits(1, 1), rename: 2, crashBrain: 1, crashSharepointWriter: 1 },
    { edited: ['f', 'shown'], withLabel: true },
  ),
  scope('commands without an answer', { ...edits(2, 2), deadLetter: 2, crashSharepointWriter: 1 }, ONE_FIELD),
  scope(
    'commands without an answer, and deletes',
    { ...edits(1, 1), deleteTwenty: 1, restoreTwenty: 1, deadLetter: 2 },
    ONE_FIELD,
  ),
  scope('a kept value is put back', { ...edits(1, 1), restore: 2 }, ONE_FIELD),
  scope('a kept value is put back while both sides edit', { ...edits(2, 2), restore: 1 }, ONE_FIELD),
  scope(
    'a kept value is put back into a record that dies',
    { ...edits(1, 1), restore: 1, deleteTwenty: 1, deleteSharepoint: 1, restoreTwenty: 1 },
    ONE_FIELD,
  ),
  scope(
    'a person decides on life',
    { ...edits(1, 1), deleteTwenty: 1, deleteSharepoint: 1, restoreTwenty: 1, resolve: 1 },
    { ...ONE_FIELD, strategy: 'manualReview' },
  ),
  scope('values typed again', { ...edits(2, 2) }, { ...ONE_FIELD, vocabulary: ['a', 'b'] }),
  scope(
    'values typed again, a writer dies',
    { ...edits(2, 1), crashSharepointWriter: 1 },
    { ...ONE_FIELD, vocabulary: ['a', 'b'] },
  ),
  scope(
    'an edit and a delete on each side',
    { ...edits(1, 1), deleteTwenty: 1, deleteSharepoint: 1 },
    ONE_FIELD,
  ),
  scope('delete and restore in Twenty', { ...edits(1, 1), deleteTwenty: 1, restoreTwenty: 1 }, ONE_FIELD),
  scope(
    'delete and restore in SharePoint',
    { ...edits(1, 1), deleteSharepoint: 1, restoreSharepoint: 1 },
    ONE_FIELD,
  ),
  scope(
    'delete in Twenty, restore in SharePoint',
    { ...edits(0, 1), deleteTwenty: 1, restoreSharepoint: 1, restoreTwenty: 1 },
    WITH_ID,
  ),
  scope('a buried record', { ...edits(1, 1), restoreTwenty: 1, restoreSharepoint: 1 }, ONE_FIELD, buried),
  scope(
    'delete and restore, the brain dies',
    { ...edits(1, 1), deleteTwenty: 1, restoreTwenty: 1, crashBrain: 1 },
    ONE_FIELD,
  ),
  scope(
    'delete and restore, writers die',
    { ...edits(1, 0), deleteTwenty: 1, restoreTwenty: 1, crashSharepointWriter: 1, ghost: 1 },
    ONE_FIELD,
  ),
  scope(
    'deletes, all told again',
    { ...edits(0, 1), deleteTwenty: 1, deleteSharepoint: 1, replay: 1 },
    ONE_FIELD,
  ),
  scope(
    'the identity column edited by hand',
    { ...edits(1, 1), crashSharepointWriter: 1 },
    { edited: ['f', 'id'], withIdentity: true },
  ),
  scope('Twenty refuses a value', { ...edits(1, 2), refusal: 1 }, ONE_FIELD),
  scope(
    'three edits in Twenty, the writer dies twice',
    { ...edits(3, 0), crashSharepointWriter: 2, replay: 1 },
    ONE_FIELD,
  ),
  scope(
    'edits, crashes of all three, a replay',
    { ...edits(2, 1), crashBrain: 1, crashSharepointWriter: 1, crashTwentyWriter: 1, replay: 1 },
    ONE_FIELD,
  ),
  scope('edits of two fields, crashes', { ...edits(2, 1), crashBrain: 1, crashSharepointWriter: 1 }),
  scope('everything twice', {
    ...edits(2, 2),
    deleteTwenty: 2,
    deleteSharepoint: 2,
    restoreTwenty: 2,
    restoreSharepoint: 2,
    crashBrain: 2,
    crashSharepointWriter: 2,
    crashTwentyWriter: 2,
    replay: 2,
    ghost: 1,
    lostAnswer: 1,
  }),
];
