import { internalName } from './column-name.ts';

const free = (): boolean => false;

test.each([
  ['CloseDate', 'CloseDate'],
  ['Close date', 'Close_x0020_date'],
  ['a/b', 'a_x002f_b'],
  ['1st', '_x0031_st'],
  ["it's", 'it_x0027_s'],
])('%s becomes %s', (typed, name) => {
  expect(internalName(typed, free)).toBe(name);
});

test('a long name is cut to 32 and a taken one gets a digit', () => {
  expect(internalName('x'.repeat(40), free)).toHaveLength(32);
  expect(internalName('Due', (name) => ['Due', 'Due0'].includes(name))).toBe('Due1');
});
