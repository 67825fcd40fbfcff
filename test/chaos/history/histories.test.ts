import { sharepointHistory } from './sharepoint-history.ts';
import type { ItemFact } from './sharepoint-history.ts';
import { twentyHistory } from './twenty-history.ts';
import type { RowFact } from './twenty-history.ts';

const item = (seq: number, more: Partial<ItemFact>): ItemFact => ({
  id: 1,
  version: seq,
  fields: { Title: 'a', TwentyId: 'r1' },
  modifiedBy: { kind: 'app' },
  deleted: false,
  seq,
  changedAt: seq,
  ...more,
});
const row = (seq: number, who: string, values: object, op: RowFact['op'] = 'UPDATE'): RowFact => ({
  seq,
  id: 'r1',
  op,
  who,
  at: seq,
  row: { name: null, deletedAt: null, ...values },
});
const said = ({
  changes,
}: {
  changes: readonly { field: string; value: string | null; by: string }[];
}): string[] => changes.map(({ field, value, by }) => `${by} ${field}=${value}`);

const COLUMNS = { Title: 'name' };
const nobody = (): boolean => false;

test('an item that a person made belongs to the record that it was given later', () => {
  const facts = [
    item(1, { fields: { Title: 'a' }, modifiedBy: { kind: 'user' } }),
    item(2, {}),
    item(3, { fields: { TwentyId: 'r1' } }),
  ];
  const history = sharepointHistory(facts, COLUMNS, nobody);
  expect(said(history)).toEqual(['user alive=true', 'user name=a', 'sync name=null']);
  expect(history.changes.map(({ record }) => record)).toEqual(['r1', 'r1', 'r1']);
});

test('deletes are told apart by the log of the users; a restore is a user’s', () => {
  const facts = [item(1, {}), item(2, { deleted: true }), item(3, {}), item(4, { deleted: true })];
  const history = sharepointHistory(facts, COLUMNS, (_, at) => at === 2);
  expect(said(history).filter((one) => one.includes('alive'))).toEqual([
    'sync alive=true',
    'user alive=false',
    'user alive=true',
    'sync alive=false',
  ]);
});

test('a record lives on in a new item; values that it had before are no changes', () => {
  const facts = [item(1, {}), item(2, { deleted: true }), item(3, { id: 2, version: 1 })];
  const history = sharepointHistory(facts, COLUMNS, nobody);
  expect(said(history)).toEqual(['sync alive=true', 'sync name=a', 'sync alive=false', 'sync alive=true']);
  expect(history.live).toEqual([{ side: 'sharepoint', record: 'r1', id: '2', mark: 'a' }]);
});

test('rows: the writer’s role is the sync, everybody else is a user; soft-deleted is dead', () => {
  const facts = [
    row(1, 'postgres', { name: 'a' }, 'INSERT'),
    row(2, 'sync_writer', { name: 'b' }),
    row(3, 'postgres', { name: 'b', deletedAt: 'now' }),
    row(4, 'postgres', {}, 'DELETE'),
  ];
  const history = twentyHistory(facts, { name: 'name' });
  expect(said(history)).toEqual(['user alive=true', 'user name=a', 'sync name=b', 'user alive=false']);
  expect(history.live).toEqual([]);
});
