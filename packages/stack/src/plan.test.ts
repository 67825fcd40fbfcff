import { selectParts } from './order.ts';
import { buildPlan } from './plan.ts';
import { STATE } from './test-state.ts';

const context = {
  repoRoot: process.cwd(),
  jvmDir: '/jvm',
  state: STATE,
  services: ['webhook-receiver'],
  exists: () => true,
};

test('every need in the plan exists, without circles', () => {
  expect(selectParts(buildPlan(context))).toHaveLength(buildPlan(context).length);
});

test('a service starts after every infrastructure part and every step', () => {
  const plan = buildPlan(context);
  const service = plan.find((part) => part.name === 'webhook-receiver');
  expect(service?.needs).toEqual(plan.filter((part) => part !== service).map((part) => part.name));
});

test('invented rows never go into a database that is not ours', () => {
  expect(buildPlan(context).find((part) => part.name === 'demo-data')?.configuredFrom).toBe('SYNC_PG_URL');
});

test('no JVM may take so much heap that the whole does not fit 4 GiB', () => {
  const heaps = buildPlan(context).flatMap((part) =>
    part.kind === 'process' ? (/-Xmx(\d+)m/.exec(part.command().args.join(' '))?.[1] ?? []) : [],
  );
  expect(heaps.map(Number)).toEqual([512, 256, 512]);
});
