import { KeyedValues } from './keyed-values.ts';

describe('KeyedValues', () => {
  it('keeps the younger offset, whoever brings it', () => {
    const values = new KeyedValues<string>();
    values.put('k', 'own', 7n);
    values.follow('k', 'older', 5n);
    expect(values.get('k')).toBe('own');
    values.follow('k', 'younger', 9n);
    values.put('k', 'own, late', 7n);
    expect(values.get('k')).toBe('younger');
  });

  it('lets no older record revive a key that we forgot ourselves', () => {
    const values = new KeyedValues<string>();
    values.follow('k', 'first', 1n);
    values.put('k', null, 3n);
    values.follow('k', 'second', 2n);
    expect([values.get('k'), [...values.entries()]]).toEqual([undefined, []]);
    values.follow('k', null, 3n);
    expect(values.size).toBe(0);
  });

  it('tells changes once', () => {
    const values = new KeyedValues<string>();
    const told: [string, string | undefined][] = [];
    values.onChange((key, value) => told.push([key, value]));
    values.put('k', 'a', 1n);
    values.follow('k', 'a', 1n);
    values.follow('k', null, 2n);
    values.follow('k', null, 3n);
    expect(told).toEqual([
      ['k', 'a'],
      ['k', undefined],
    ]);
  });
});
