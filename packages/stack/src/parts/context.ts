import { ONE_OF_EACH, type Shape } from '../shape.ts';
import type { StackState } from '../state.ts';

/** What the plan is made from. */
export interface PlanContext {
  readonly repoRoot: string;
  /** Folder with libs/, plugins/ and registry/ as infra/jvm/pom.xml fills it. */
  readonly jvmDir: string;
  readonly state: StackState;
  /** Names of the folders in services/ that have a src/main.ts. */
  readonly services: readonly string[];
  /** Whether a file of the repository exists (path from its root). */
  readonly exists: (path: string) => boolean;
}

/** The port kept for a part; throws when none was chosen, which is a mistake in the plan. */
export function portOf(context: PlanContext, name: string): number {
  const port = context.state.ports[name];
  if (port === undefined) throw new Error(`no port was chosen for ${name}`);
  return port;
}

/** How many of each part are planned. */
export function shapeOf(context: PlanContext): Shape {
  return context.state.shape ?? ONE_OF_EACH;
}
