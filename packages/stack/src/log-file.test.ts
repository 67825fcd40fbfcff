import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLines, openLog } from './log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'log-'));
const file = join(folder, 'logs', 'kafka.log');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a new run begins with an empty log and keeps the one before', () => {
  writeSync(openLog(file), 'first\n');
  writeSync(openLog(file), 'one\ntwo\n\nthree\n');
  expect(readFileSync(join(folder, 'logs', 'kafka.previous.log'), 'utf8')).toBe('first\n');
  expect(lastLines(file, 2)).toEqual(['two', 'three']);
});

test('a log that was never written has no last lines', () => {
  expect(lastLines(join(folder, 'none.log'), 3)).toEqual([]);
});
