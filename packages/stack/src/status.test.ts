import { leftOver } from './stale.ts';
import type { PartRecord, PartState } from './state.ts';
import { statusLines, statusOf, withoutPassword } from './status.ts';
import { STATE } from './test-state.ts';

const HOLDER = { pid: 1, startedAt: 'boot:1' };
const record = (state: PartState, pid?: number): PartRecord => ({
  kind: 'process',
  state,
  url: 'postgres://postgres:pw@127.0.0.1:1/twenty',
  log: '/data/logs/x.log',
  since: '2026-01-01T00:00:00.000Z',
  ...(pid === undefined ? {} : { identity: { pid, startedAt: `boot:${pid}` } }),
});
const withParts = (parts: Record<string, PartRecord>) => ({ ...STATE, parts });
const all = () => true;
const none = () => false;

test('a stack where everything is up is ready', () => {
  const state = withParts({
    kafka: record('running', 5),
    topics: record('done'),
    connect: record('external'),
  });
  const status = statusOf('/data', state, HOLDER, all);
  expect(status).toMatchObject({ running: true, ready: true, pid: 1 });
  expect(status.parts[0]).toMatchObject({ name: 'kafka', state: 'running', pid: 5 });
});

test('a part that still starts makes it not ready', () => {
  expect(statusOf('/data', withParts({ kafka: record('starting', 5) }), HOLDER, all)).toMatchObject({
    running: true,
    ready: false,
  });
});

test('a process that is gone is stopped, whatever the file says', () => {
  const status = statusOf(
    '/data',
    withParts({ kafka: record('running', 5), connect: record('waiting') }),
    undefined,
    none,
  );
  expect(status).toMatchObject({ running: false, ready: false });
  expect(status.parts.map((part) => part.state)).toEqual(['stopped', 'stopped']);
});

test('a failure stays visible after the stop', () => {
  expect(statusOf('/data', withParts({ kafka: record('failed') }), undefined, none).parts[0]?.state).toBe(
    'failed',
  );
});

test('a folder that never held a stack has no parts and no environment', () => {
  expect(statusOf('/data', undefined, undefined, none)).toEqual({
    running: false,
    ready: false,
    dataDir: '/data',
    parts: [],
    env: {},
  });
});

test('what outlived its supervisor is found by identity, not by pid', () => {
  const state = withParts({
    kafka: record('running', 5),
    connect: record('running', 6),
    registry: record('stopped'),
  });
  expect(leftOver(state, ({ pid }) => pid === 5).map(({ name }) => name)).toEqual(['kafka']);
  expect(leftOver(undefined, all)).toEqual([]);
});

test('people see no passwords', () => {
  expect(withoutPassword('postgres://a:b@c/d')).toBe('postgres://a@c/d');
  expect(withoutPassword('http://127.0.0.1:80/x')).toBe('http://127.0.0.1:80/x');
  expect(
    statusLines(statusOf('/data', withParts({ pg: record('running', 5) }), HOLDER, all)).join(),
  ).not.toContain(':pw@');
});
