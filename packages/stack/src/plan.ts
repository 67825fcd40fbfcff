import { connectParts } from './parts/connect.ts';
import { type PlanContext, shapeOf } from './parts/context.ts';
import { kafkaParts } from './parts/kafka.ts';
import { postgresParts } from './parts/postgres.ts';
import { registryParts } from './parts/registry.ts';
import { serviceParts } from './parts/services.ts';
import { simulatorParts } from './parts/simulator.ts';
import { stepParts } from './parts/steps.ts';
import type { Part } from './part.ts';
import { copiesOf } from './shape.ts';

/** Ports that the infrastructure needs; each service needs one under its own name. */
export const INFRASTRUCTURE_PORTS = [
  'postgres',
  'kafka',
  'controller',
  'registry',
  'registry-management',
  'connect',
  'simulator-http',
  'simulator-https',
  // SYNC_PUBLIC_URL must be known even before that service exists.
  'webhook-receiver',
] as const;

/** The whole start as one table: infrastructure, then steps, then services. */
export function buildPlan(context: PlanContext): Part[] {
  const infrastructure = [
    ...postgresParts(context),
    ...kafkaParts(context),
    ...registryParts(context),
    ...connectParts(context),
    ...(context.exists('packages/simulator/src/main.ts') ? simulatorParts(context) : []),
  ];
  const before = withKnownNeeds(withCopies([...infrastructure, ...stepParts(context)], context));
  const services = serviceParts(
    context,
    before.map((part) => part.name),
  );
  return [...before, ...services];
}

/** A part that this checkout does not have is nobody's need. */
function withKnownNeeds(parts: readonly Part[]): Part[] {
  const names = new Set(parts.map((part) => part.name));
  return parts.map((part) => ({ ...part, needs: part.needs.filter((need) => names.has(need)) }));
}

/** Who needs Kafka or Connect needs all of it. */
function withCopies(parts: readonly Part[], context: PlanContext): Part[] {
  const { brokers, connectWorkers } = shapeOf(context);
  const copies = new Map([
    ['kafka', copiesOf('kafka', brokers)],
    ['connect', copiesOf('connect', connectWorkers)],
  ]);
  return parts.map((part) => ({ ...part, needs: part.needs.flatMap((need) => copies.get(need) ?? [need]) }));
}
