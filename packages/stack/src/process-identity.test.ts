import { identify, isAlive, startTicks } from './process-identity.ts';

const stat = (command: string, state: string) => `77 (${command}) ${state} ${'0 '.repeat(18)}4242 0 0`;

test('reads the start time behind a command name with spaces and brackets', () => {
  expect(startTicks(stat('a) b (c', 'S'))).toBe('4242');
});

test('a zombie is no live process', () => {
  expect(startTicks(stat('java', 'Z'))).toBeUndefined();
});

test('a reused pid is another process', () => {
  const recorded = { pid: 77, startedAt: 'boot:1' };
  expect(isAlive(recorded, (pid) => ({ pid, startedAt: 'boot:1' }))).toBe(true);
  expect(isAlive(recorded, (pid) => ({ pid, startedAt: 'boot:2' }))).toBe(false);
  expect(isAlive(recorded, () => undefined)).toBe(false);
});

test('this process is alive, and a pid that cannot be is not', () => {
  expect(identify(process.pid)?.startedAt).toMatch(/^[0-9a-f-]{36}:\d+$/);
  expect(identify(2 ** 30)).toBeUndefined();
});
