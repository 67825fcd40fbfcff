import { Rig, listIdOf, valueOf } from '../testing/rig.ts';
import { parseJournal } from './journal.ts';
import type { Fact } from './model.ts';
import { compacted, rebuild } from './state.ts';

const unsubscribed = (id: string): Fact => ({ t: 'unsubscribed', id });

test('one line is one commit', () => {
  const text = `${JSON.stringify([unsubscribed('a'), unsubscribed('b')])}\n${JSON.stringify([unsubscribed('c')])}\n`;
  expect(parseJournal(text)).toEqual(['a', 'b', 'c'].map(unsubscribed));
});

test('a line that was being written when the process died is left out whole', () => {
  const whole = JSON.stringify([unsubscribed('a')]);
  expect(parseJournal(`${whole}\n[{"t":"unsubscribed","id":"b"},{"t":"unsub`)).toEqual([unsubscribed('a')]);
  expect(parseJournal(`${whole}\n${whole}`)).toHaveLength(1);
  expect(parseJournal('')).toEqual([]);
});

test('a broken line in the middle is named, not skipped', () => {
  expect(() => parseJournal('[]\nbroken\n[]\n')).toThrow('line 2');
});

test('the compacted state is the same state: items, delta, unique index and subscriptions', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern', PlantKey: 'p-1' });
  await rig.plant(list, { Title: 'Moss', PlantKey: 'p-2' });
  const link = (await rig.call('GET', `${list}/items/delta?token=latest&$expand=fields`)).body[
    '@odata.deltaLink'
  ];
  await rig.call('PATCH', `${list}/items/1/fields`, { Title: 'Royal fern' });
  await rig.call('DELETE', `${list}/items/2`);
  const facts = JSON.parse(JSON.stringify([...compacted(rig.simulator.state)])) as Fact[];
  const again = rebuild(facts);
  expect([...compacted(again)]).toEqual([...compacted(rig.simulator.state)]);
  const id = listIdOf(list);
  rig.simulator.state.lists.set(id, again.lists.get(id) ?? fail(id));
  const changes = await rig.call('GET', String(link));
  expect(valueOf(changes).map((item) => [item['id'], 'deleted' in item])).toEqual([
    ['1', false],
    ['2', true],
  ]);
  expect((await rig.call('POST', `${list}/items`, { fields: { PlantKey: 'P-1' } })).status).toBe(409);
  expect((await rig.plant(list, { PlantKey: 'p-2' }))['id']).toBe('3');
});

function fail(id: string): never {
  throw new Error(`list ${id} was lost`);
}
