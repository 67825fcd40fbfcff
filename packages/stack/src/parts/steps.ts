import { join } from 'node:path';
import { serviceEnv } from '../environment.ts';
import type { StepPart } from '../part.ts';
import type { PlanContext } from './context.ts';

/** A script of the repository that is run to its end at every start; it must be idempotent. */
interface StepRow {
  readonly name: string;
  readonly needs: readonly string[];
  /** Script from the root of the repository, then its arguments. */
  readonly command: readonly [string, ...string[]];
  /** When this variable is set from outside, the step is not ours to run. */
  readonly configuredFrom?: string;
}

const CLI = 'services/operator-api/src/cli.ts';

/** Between the infrastructure and the services, in order of their needs. */
export const STEP_ROWS: readonly StepRow[] = [
  { name: 'topics', needs: ['kafka'], command: [CLI, 'topics'] },
  { name: 'schemas', needs: ['registry'], command: [CLI, 'schemas'] },
  // Invented rows go into our own database only, never into somebody's Twenty.
  {
    name: 'demo-data',
    needs: ['databases'],
    command: ['packages/twenty-demo/src/main.ts', 'seed'],
    configuredFrom: 'SYNC_PG_URL',
  },
  {
    name: 'capture',
    needs: ['databases', 'demo-data'],
    command: ['packages/twenty/src/cdc-main.ts', 'ensure'],
  },
  { name: 'connector', needs: ['connect', 'capture', 'topics', 'registry'], command: [CLI, 'connector'] },
  {
    name: 'workspaces',
    needs: ['topics', 'schemas', 'demo-data', 'simulator'],
    command: [CLI, 'apply', 'demo/workspaces.yaml'],
    configuredFrom: 'SYNC_GRAPH_URL',
  },
];

/** The steps as parts. */
export function stepParts(context: PlanContext): StepPart[] {
  return STEP_ROWS.map((row) => ({
    kind: 'step',
    name: row.name,
    needs: row.needs,
    url: '',
    ...(row.configuredFrom === undefined ? {} : { configuredFrom: row.configuredFrom }),
    run: (run) => {
      const [script, ...args] = row.command;
      const env = serviceEnv(context.state, row.name);
      return run({
        file: process.execPath,
        args: [join(context.repoRoot, script), ...args],
        cwd: context.repoRoot,
        env,
      });
    },
  }));
}
