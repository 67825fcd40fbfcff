import type { GoneRow, TwentyChange } from '@sync/core';
import { goneLines, livingRows } from './gone.ts';

const WORKSPACE = '20202020-1c25-4d02-bf25-6aeccf7ea419';
const SCHEMA = 'workspace_1wgvd1injqtife6y4rvfbu3h5';
const change = (op: string, custom = false): TwentyChange => ({ op, custom }) as unknown as TwentyChange;

test('rows live by what was told of them last', () => {
  const records = [
    { key: `${WORKSPACE}|company|a`, value: change('create') },
    { key: `${WORKSPACE}|company|b`, value: change('create') },
    { key: `${WORKSPACE}|company|c`, value: change('softDelete') },
    { key: `${WORKSPACE}|company|a`, value: change('delete') },
    { key: `${WORKSPACE}|company|b`, value: null },
    { key: `${WORKSPACE}|rocket|d`, value: change('update', true) },
  ];
  expect(livingRows(records)).toEqual([
    { schema: SCHEMA, table: 'company', id: 'c' },
    { schema: SCHEMA, table: '_rocket', id: 'd' },
  ]);
});

describe('goneLines', () => {
  const rows = (count: number): GoneRow[] =>
    Array.from({ length: count }, (_, at) => ({ schema: SCHEMA, table: 'company', id: String(at) }));
  const lines = async (count: number, choice: { tell: boolean; many: boolean }) => {
    const told: GoneRow[] = [];
    const all = await goneLines(rows(count), choice, async (some) => void told.push(...some));
    return { all, told };
  };

  test('lists, and tells nothing unless it is asked to', async () => {
    expect(await lines(1, { tell: false, many: false })).toEqual({
      all: [`${SCHEMA}.company 0`, '1 row(s) are gone from Twenty and live on in the stream'],
      told: [],
    });
  });

  test('tells the deletes when it is asked to', async () => {
    expect((await lines(2, { tell: true, many: false })).told).toEqual(rows(2));
  });

  test('a mass delete stops and asks (I12)', async () => {
    await expect(lines(101, { tell: true, many: false })).rejects.toThrow('only with --many');
    expect((await lines(101, { tell: true, many: true })).told).toHaveLength(101);
  });
});
