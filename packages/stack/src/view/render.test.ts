import { KEPT_CHANGES, type SeenChange, type ViewModel, withChange } from './model.ts';
import { latency, render } from './render.ts';

const AT = new Date('2026-01-01T10:20:30.456Z');
const change = (key: string, direction: SeenChange['direction'] = 'twenty → sharepoint'): SeenChange => ({
  direction,
  object: 'company',
  key,
  latencyMs: 41.6,
  at: AT,
});
const MODEL: ViewModel = {
  links: [['simulator', 'https://127.0.0.1:8']],
  parts: [
    ['kafka', true],
    ['connect', false],
  ],
  changes: [change('k1')],
  lag: 1,
};

test('shows links, parts, lag and each direction', () => {
  expect(render(MODEL, { columns: 80, rows: 24 })).toEqual([
    'Twenty ⇄ SharePoint',
    '  simulator    https://127.0.0.1:8',
    '',
    'parts up: 1 of 2',
    '  ● kafka ○ connect',
    'lag: 1 record waiting',
    '',
    'twenty → sharepoint',
    '  time         object           latency  record',
    '  10:20:30.456 company            42 ms  k1',
    '',
    'sharepoint → twenty',
    '  time         object           latency  record',
    '  none yet',
    '',
    'Ctrl-C stops everything; the data stays.',
  ]);
});

test.each([
  [20, 5],
  [40, 12],
  [200, 60],
])('fits a terminal of %d × %d', (columns, rows) => {
  let model = MODEL;
  for (let i = 0; i < 50; i++) model = withChange(model, change('a key that is quite long '.repeat(5)));
  const lines = render(model, { columns, rows });
  expect(lines.length).toBeLessThanOrEqual(rows);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
});

test('a record key cannot send commands to the terminal', () => {
  const lines = render({ ...MODEL, changes: [change('\u001b[2Jx')] }, { columns: 80, rows: 24 });
  expect(lines.join('')).not.toContain('\u001b');
});

test('keeps the newest changes of each direction', () => {
  let model: ViewModel = { ...MODEL, changes: [change('other', 'sharepoint → twenty')] };
  for (let i = 0; i < KEPT_CHANGES + 3; i++) model = withChange(model, change(`k${i}`));
  expect(model.changes).toHaveLength(KEPT_CHANGES + 1);
  expect(model.changes[0]?.key).toBe('k22');
  expect(model.changes.at(-1)?.key).toBe('other');
});

test('latencies are in milliseconds below a second, and not invented', () => {
  expect([latency(null), latency(12.4), latency(999), latency(1_000), latency(61_234)]).toEqual([
    '–',
    '12 ms',
    '999 ms',
    '1.0 s',
    '61.2 s',
  ]);
});
