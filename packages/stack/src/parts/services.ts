import { join } from 'node:path';
import { serviceEnv } from '../environment.ts';
import type { ProcessPart } from '../part.ts';
import { copiesOf } from '../shape.ts';
import { type PlanContext, portOf, shapeOf } from './context.ts';

/** One process per service; each is ready when its /ready says so. */
export function serviceParts(context: PlanContext, needs: readonly string[]): ProcessPart[] {
  return context.services.flatMap((service) =>
    copiesOf(service, shapeOf(context).instances).map((name) => {
      const url = `http://127.0.0.1:${portOf(context, name)}`;
      return {
        kind: 'process',
        name,
        needs,
        url,
        command: () => ({
          file: process.execPath,
          args: ['--max-old-space-size=256', join(context.repoRoot, 'services', service, 'src', 'main.ts')],
          cwd: context.repoRoot,
          env: serviceEnv(context.state, name),
        }),
        ready: { kind: 'http', url: `${url}/ready` },
        startLimitMs: 60_000,
        stopSignal: 'SIGTERM',
        stopLimitMs: 15_000,
      };
    }),
  );
}
