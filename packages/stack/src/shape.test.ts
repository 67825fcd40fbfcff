import { stackEnv } from './environment.ts';
import { selectParts } from './order.ts';
import { buildPlan } from './plan.ts';
import { extraPorts } from './shape.ts';
import type { Shape } from './shape.ts';
import type { StackState } from './state.ts';
import { STATE } from './test-state.ts';

const SHAPE: Shape = { brokers: 3, connectWorkers: 2, instances: 2, doors: true };
const extra = extraPorts(SHAPE, ['webhook-receiver']);
const state: StackState = {
  ...STATE,
  shape: SHAPE,
  ports: {
    ...STATE.ports,
    ...Object.fromEntries(extra.filter((name) => !(name in STATE.ports)).map((name, at) => [name, 100 + at])),
  },
};
const plan = buildPlan({
  repoRoot: process.cwd(),
  jvmDir: '/jvm',
  state,
  services: ['webhook-receiver'],
  exists: () => true,
});

test('there are as many of each as the shape says, and their needs exist', () => {
  expect(selectParts(plan)).toHaveLength(plan.length);
  const names = plan.filter(({ kind }) => kind === 'process').map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['kafka', 'kafka-2', 'kafka-3', 'connect', 'connect-2', 'webhook-receiver-2']),
  );
});

test('topics are made when every broker is there', () => {
  expect(plan.find(({ name }) => name === 'topics')?.needs).toEqual(['kafka', 'kafka-2', 'kafka-3']);
});

test('services go through the doors, the start itself does not', () => {
  const env = stackEnv(state);
  const doors = ['kafka', 'kafka-2', 'kafka-3'].map((name) => `127.0.0.1:${state.ports[`${name}-door`]}`);
  expect(env['SYNC_KAFKA_BROKERS']).toBe(doors.join(','));
  expect(env['SYNC_PG_WRITER_URL']).toContain(`:${state.ports['postgres-door']}/`);
  expect(env['SYNC_PG_URL']).toContain(`:${state.ports['postgres']}/`);
});

test('each copy of a service has a port and a folder of its own', () => {
  const commands = plan.flatMap((part) =>
    part.kind === 'process' && part.name.startsWith('webhook-receiver') ? [part.command().env ?? {}] : [],
  );
  expect(new Set(commands.map((env) => env['SYNC_HTTP_PORT'])).size).toBe(2);
  expect(new Set(commands.map((env) => env['SYNC_DATA_DIR'])).size).toBe(2);
});
