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

/** Between the infrastructure and the services, in order of their needs. A row whose script is missing is left out. */
export const STEP_ROWS: readonly StepRow[] = [
  { name: 'topics', needs: ['kafka'], command: ['scripts/steps/topics.ts'] },
  { name: 'schemas', needs: ['registry'], command: ['scripts/steps/schemas.ts'] },
  // Invented rows go into our own database only, never into somebody's Twenty.
  {
    name: 'demo-data',
    needs: ['databases'],
    command: ['scripts/steps/demo-data.ts'],
    configuredFrom: 'SYNC_PG_URL',
  },
  { name: 'cdc', needs: ['databases', 'demo-data'], command: ['scripts/steps/cdc.ts'] },
  { name: 'connector', needs: ['connect', 'cdc', 'topics'], command: ['scripts/steps/connector.ts'] },
  {
    name: 'workspaces',
    needs: ['topics', 'schemas', 'demo-data', 'simulator'],
    command: ['scripts/steps/workspaces.ts'],
  },
];

/** The steps whose scripts are there. */
export function stepParts(context: PlanContext): StepPart[] {
  const rows = STEP_ROWS.filter((row) => context.exists(row.command[0]));
  return rows.map((row) => ({
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
