import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controlPath, listenForRestarts, requestRestart, type RestartRequest } from './control.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'control-'));
let close: () => void = () => undefined;

afterEach(() => close());
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('a request reaches the stack, and is answered when it is done', async () => {
  const seen: RestartRequest[] = [];
  close = await listenForRestarts(dataDir, async (request) => void seen.push(request));
  await requestRestart(dataDir, { part: 'connect', kill: true });
  expect(seen).toEqual([{ part: 'connect', kill: true }]);
});

test('what goes wrong is told to who asked', async () => {
  close = await listenForRestarts(dataDir, async ({ part }) => {
    throw new Error(`this stack has no part "${part}"`);
  });
  await expect(requestRestart(dataDir, { part: 'tea', kill: false })).rejects.toThrow('no part "tea"');
});

test('a socket left behind is replaced; where nobody listens, the mending is told', async () => {
  await listenForRestarts(dataDir, async () => undefined);
  close = await listenForRestarts(dataDir, async () => undefined);
  await requestRestart(dataDir, { part: 'connect', kill: false });
  await expect(requestRestart(join(dataDir, 'none'), { part: 'x', kill: false })).rejects.toThrow(
    'start one first',
  );
});

test('a path too long for a socket is shortened, differently for different folders', () => {
  const long = `/data/${'x'.repeat(120)}`;
  expect(controlPath('/data')).toBe('/data/control.sock');
  expect(controlPath(long).length).toBeLessThan(60);
  expect(controlPath(long)).not.toBe(controlPath(`${long}y`));
});
