import fc from 'fast-check';
import {
  NO_VERSION,
  etagNumber,
  isVersion,
  parseLsn,
  readSharepointVersion,
  sharepointGone,
  sharepointVersion,
  twentyVersion,
} from './version.ts';

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe('versions', () => {
  test('of Twenty sort as their numbers, up to 64 bits', () => {
    fc.assert(
      fc.property(u64, u64, (a, b) => {
        const [left, right] = [a, b].map((lsn) => twentyVersion({ epoch: 1, lsn, order: 0 })) as [
          string,
          string,
        ];
        return a < b === left < right;
      }),
    );
  });

  test('a failover outweighs the position in the log', () => {
    expect(
      twentyVersion({ epoch: 2, lsn: 1, order: 0 }) > twentyVersion({ epoch: 1, lsn: 10n ** 15n, order: 9 }),
    ).toBe(true);
  });

  test('of items: every state < gone < back from the bin < a recreated item', () => {
    const order = [
      NO_VERSION,
      sharepointVersion({ itemId: '9', generation: 0, etag: '"{A},2"' }),
      sharepointVersion({ itemId: '9', generation: 0, etag: '"{A},10"' }),
      sharepointGone({ itemId: '9', generation: 0 }),
      sharepointVersion({ itemId: '9', generation: 1, etag: '"{A},3"' }),
      sharepointVersion({ itemId: '10', generation: 0, etag: '"{B},1"' }),
    ];
    expect([...order].sort()).toEqual(order);
  });

  test.each([
    ['a number below zero', () => twentyVersion({ epoch: 1, lsn: -1, order: 0 })],
    ['a number that is too long', () => twentyVersion({ epoch: 1, lsn: 2n ** 64n, order: 0 })],
    ['an item id that is no number', () => sharepointGone({ itemId: '1a', generation: 0 })],
    ['an eTag without a number', () => etagNumber('W/"abc"')],
    ['no LSN', () => parseLsn('16-B3')],
  ])('%s makes its record unreadable, never version zero', (_, act) => {
    expect(act).toThrow(expect.objectContaining({ code: 'RECORD_UNREADABLE' }));
  });

  test('of items tell the life that they belong to', () => {
    const version = sharepointVersion({ itemId: '26', generation: 2, etag: '"{A},10"' });
    expect(readSharepointVersion(version)).toEqual({ itemId: '26', generation: 2, isEnd: false });
    expect(readSharepointVersion(`${version}-deleted`)).toMatchObject({ itemId: '26', isEnd: false });
    const end = sharepointGone({ itemId: '26', generation: 2 });
    expect(readSharepointVersion(end)).toEqual({ itemId: '26', generation: 2, isEnd: true });
    expect(readSharepointVersion(NO_VERSION)).toBeNull();
  });

  test('are told from other texts', () => {
    expect(isVersion('twenty', twentyVersion({ epoch: 1, lsn: 5, order: 0 }))).toBe(true);
    expect(isVersion('sharepoint', sharepointGone({ itemId: '7', generation: 0 }))).toBe(true);
    expect([isVersion('twenty', NO_VERSION), isVersion('sharepoint', 'zzz')]).toEqual([false, false]);
  });

  test('an LSN is read as a number', () => {
    expect(parseLsn('16/B374D848')).toBe(0x16b374d848n);
  });

  test('the number of an eTag stands after its comma', () => {
    expect(etagNumber('"12b493eb,7"')).toBe(7n);
  });
});
