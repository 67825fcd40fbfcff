/** How many of each part there are, and whether clients reach them through doors. */
export interface Shape {
  /** Brokers, each one a controller too; topics are to be made with as many replicas. */
  readonly brokers: number;
  readonly connectWorkers: number;
  /** Processes of every service, each with a port and a folder of its own. */
  readonly instances: number;
  /** Services find PostgreSQL, Kafka, registry, Graph and the webhook at ports that the caller serves, for instance with a proxy. */
  readonly doors: boolean;
}

/** One of everything: what `npm start` runs. */
export const ONE_OF_EACH: Shape = { brokers: 1, connectWorkers: 1, instances: 1, doors: false };

/** Parts that stand behind a door, by the name of their port. */
const BEHIND_DOORS = ['postgres', 'registry', 'simulator-https', 'webhook-receiver'];

/** `name`, `name-2`, … */
export function copiesOf(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => (at === 0 ? name : `${name}-${at + 1}`));
}

/** The name of the port at which a part is reached through its door. */
export function doorOf(port: string): string {
  return `${port}-door`;
}

/** Ports that a shape needs on top of those of one of everything. */
export function extraPorts(shape: Shape, services: readonly string[]): string[] {
  const brokers = copiesOf('kafka', shape.brokers);
  const doors = shape.doors ? [...brokers, ...BEHIND_DOORS].map(doorOf) : [];
  return [
    ...brokers,
    ...copiesOf('controller', shape.brokers),
    ...(shape.brokers > 1 || shape.doors ? brokers.map((name) => `${name}-internal`) : []),
    ...copiesOf('connect', shape.connectWorkers),
    ...services.flatMap((name) => copiesOf(name, shape.instances)),
    ...doors,
  ];
}
