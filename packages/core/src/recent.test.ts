import { createRecent } from './recent.ts';

test('forgets what was not touched for the longest time', () => {
  const recent = createRecent<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.get('a');
  recent.set('c', 3);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([1, undefined, 3]);
});

test('forgets everything when it is cleared', () => {
  const recent = createRecent<number>(2);
  recent.set('a', 1);
  recent.clear();
  expect(recent.get('a')).toBeUndefined();
});
