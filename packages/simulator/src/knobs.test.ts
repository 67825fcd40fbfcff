import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KNOBS, defaultKnobs, turnKnobs } from './knobs.ts';

test('knobs are turned all or none, and every mistake is named', () => {
  const knobs = defaultKnobs();
  expect(turnKnobs(knobs, { latencyMs: 150, ifMatch: 'ignore' })).toEqual([]);
  expect(knobs).toMatchObject({ latencyMs: 150, ifMatch: 'ignore' });
  const mistakes = turnKnobs(knobs, { latencyMs: 1, pageSize: 0, colour: 'red' });
  expect(mistakes).toEqual([expect.stringMatching(/^pageSize does not take 0/), 'colour is not a knob']);
  expect(knobs.latencyMs).toBe(150);
});

test('the README lists every knob with its default, and no other', () => {
  const readme = readFileSync(join(process.cwd(), 'packages/simulator/README.md'), 'utf8');
  const listed = [...readme.matchAll(/^\| `(\w+)` +\| `([^`]+)` +\| (.+?) +\|$/gm)].map(([, ...row]) => row);
  const rows = Object.entries(KNOBS).map(([name, row]) => [name, String(row.fallback), row.doc]);
  expect(listed).toEqual(rows);
});
