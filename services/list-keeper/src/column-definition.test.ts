import { SYNCED_AT_COLUMN } from '@sync/core';
import { actualColumn, definitionOf } from './column-definition.ts';

const told = { name: 'X', readOnly: false, indexed: false, enforceUniqueValues: false };

test('the identity column is asked for with an index', () => {
  expect(definitionOf({ name: 'TwentyId', displayName: 'Twenty id', facet: 'text', unique: true })).toEqual({
    name: 'TwentyId',
    displayName: 'Twenty id',
    indexed: true,
    enforceUniqueValues: true,
    text: { allowMultipleLines: false, maxLength: 255 },
  });
});

test('a date column is asked for with its time', () => {
  expect(definitionOf(SYNCED_AT_COLUMN)).toEqual({
    name: 'LastSyncedAt',
    displayName: 'Last synced',
    dateTime: { format: 'dateTime', displayAs: 'default' },
  });
});

test.each([
  ['text', { text: {} }, { facet: 'text' }],
  ['a choice', { choice: { choices: ['A'] } }, { facet: 'choice' }],
  ['a kind we do not know', { hologram: {} }, { facet: null }],
  ['a date with its time', { dateTime: { format: 'dateTime' } }, { facet: 'dateTime', wholeTime: true }],
  ['a date alone', { dateTime: { format: 'dateOnly' } }, { facet: 'dateTime', wholeTime: false }],
  ['unique and indexed', { text: {}, indexed: true, enforceUniqueValues: true }, { unique: true }],
  ['indexed only', { text: {}, indexed: true }, { unique: false }],
  ['read-only', { text: {}, readOnly: true }, { readOnly: true }],
])('%s', (_what, more, expected) => {
  expect(actualColumn({ ...told, ...more })).toMatchObject({ name: 'X', ...expected });
});

test('what was asked for is recognised', () => {
  const spec = { name: 'X', displayName: 'X', facet: 'number' } as const;
  expect(actualColumn({ ...told, ...definitionOf(spec) }).facet).toBe('number');
});
