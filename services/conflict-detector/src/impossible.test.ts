import { sharepointVersion } from '@sync/core';
import { problemOf } from './impossible.ts';
import type { Told } from './impossible.ts';

const VERSION = sharepointVersion({ itemId: '7', generation: 0, etag: '"{A},2"' });

/** A change of an item, as far as it is looked at. */
function itemAt(version: string): Told {
  const ids = { workspaceId: 'w', object: 'company', recordId: 'r', itemId: '7' };
  return { ...ids, version, readAt: 1 } as unknown as Told;
}

test('a change of an item can be', () => {
  expect(problemOf('w|company|r', itemAt(VERSION))).toBeNull();
});

test.each(['', 'zzz', `${VERSION}0`])(
  'the version %p cannot be: it would stand above or below all others',
  (version) => {
    expect(problemOf('w|company|r', itemAt(version))).toBe('the version is none of an item');
  },
);

test.each(['w|company|other', 'w|company', ''])(
  'a record of that kind does not lie under the key %p',
  (key) => {
    expect(problemOf(key, itemAt(VERSION))).toMatch(/^the key is not/);
  },
);
