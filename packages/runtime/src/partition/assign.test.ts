import { assign } from './assign.ts';

const counts = new Map([
  ['changes', 12],
  ['results', 12],
  ['writes', 6],
]);
const member = (id: string, topics = [...counts.keys()]): { id: string; topics: string[] } => ({
  id,
  topics,
});

describe('assign', () => {
  it('gives one member everything', () => {
    expect(assign([member('a')], counts).get('a')?.['writes']).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('gives a partition number to one member, whatever the topic', () => {
    const result = assign([member('b'), member('a'), member('c')], counts);
    for (const id of ['a', 'b', 'c']) {
      const mine = result.get(id);
      expect(mine?.['changes']).toEqual(mine?.['results']);
      expect(mine?.['changes']).toEqual(expect.arrayContaining([...(mine?.['writes'] ?? [])]));
    }
  });

  it('gives every partition to exactly one member', () => {
    const result = assign([member('a'), member('b'), member('c'), member('d'), member('e')], counts);
    const all = [...result.values()].flatMap((mine) => mine['changes'] ?? []).sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });

  it('gives a topic only to members that subscribe to it', () => {
    const result = assign([member('old', ['changes']), member('new')], counts);
    expect(result.get('new')?.['results']).toHaveLength(12);
    expect(result.get('old')?.['results']).toBeUndefined();
  });
});
