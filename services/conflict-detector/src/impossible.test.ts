import { sharepointVersion, twentyVersion } from '@sync/core';
import { problemOf } from './impossible.ts';
import type { Told } from './impossible.ts';

const IDS = { workspaceId: 'w', object: 'company', recordId: 'r' };
const ITEM = sharepointVersion({ itemId: '7', generation: 0, etag: '"{A},2"' });
const ROW = twentyVersion({ epoch: 1, lsn: 5, order: 0 });

/** Only what is looked at. */
const told = (parts: object): Told => ({ ...IDS, ...parts }) as unknown as Told;
const answer = (side: string, version: string, seen: string | null = null): Told =>
  told({ side, version, picture: seen === null ? null : { version: seen } });

test.each([
  ['a change of Twenty', told({ version: { epoch: 1, lsn: 5n, order: 0 } })],
  ['a change of an item', told({ version: ITEM })],
  ['an answer about an item', answer('sharepoint', ITEM, ITEM)],
  ['an answer about an item that is gone', answer('sharepoint', `${ITEM}-deleted`)],
  ['an answer about a row', answer('twenty', ROW, ROW)],
  ['an answer that wrote nothing and saw nothing', answer('twenty', '', '')],
])('%s can be', (_, value) => {
  expect(problemOf('w|company|r', value)).toBeNull();
});

test.each([
  ['an answer with a version of the other side', answer('sharepoint', ROW)],
  ['an answer with such a version in its picture', answer('twenty', ROW, ITEM)],
  ['a change that sorts behind all others', told({ version: 'zzz' })],
  ['a change that sorts before all others', told({ version: '' })],
])('%s cannot be', (_, value) => {
  expect(problemOf('w|company|r', value)).toMatch(/^the version is none of/);
});

test.each(['w|company|other', 'w|company', ''])(
  'a record does not lie under the key %p of another',
  (key) => {
    expect(problemOf(key, told({ version: ITEM }))).toMatch(/^the key is not/);
  },
);
