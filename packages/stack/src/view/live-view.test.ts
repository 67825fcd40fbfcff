import { plainView, worthTelling } from './live-view.ts';

test('plain lines for changes and for lag that matters', () => {
  const lines: string[] = [];
  const view = plainView((line) => lines.push(line));
  view.recordChange({
    direction: 'sharepoint → twenty',
    object: 'person',
    key: 'k',
    latencyMs: 1_500,
    at: new Date(0),
  });
  for (const lag of [0, 10, 12, 25, 0, 0]) view.setLag(lag);
  expect(lines).toEqual([
    'sharepoint → twenty  person  k  1.5 s',
    'lag: 10 waiting',
    'lag: 25 waiting',
    'lag: 0 waiting',
  ]);
});

test.each([
  [undefined, 0, false],
  [undefined, 1, true],
  [0, 0, false],
  [0, 1, true],
  [10, 19, false],
  [10, 20, true],
  [10, 5, true],
])('told %p, now %p: %p', (told, now, expected) => {
  expect(worthTelling(told, now)).toBe(expected);
});
