import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { externalVariables } from './environment.ts';
import { INFRASTRUCTURE_PORTS } from './plan.ts';
import { choosePorts, isPortFree } from './ports.ts';
import { identify } from './process-identity.ts';
import { makeSecrets } from './secrets.ts';
import { extraPorts, ONE_OF_EACH, type Shape } from './shape.ts';
import { stopLeftOver } from './stale.ts';
import { loadState, saveState, type StackState } from './state.ts';

/** Ends what an earlier start left behind, then writes the state that this start begins with: its ports and secrets as before. */
export async function prepareState(
  repoRoot: string,
  dataDir: string,
  outer: NodeJS.ProcessEnv,
  note: (text: string) => void,
  shape: Shape = ONE_OF_EACH,
): Promise<StackState> {
  const before = loadState(dataDir);
  const stopped = await stopLeftOver(before);
  if (stopped.length > 0) note(`stopped what an earlier start left behind: ${stopped.join(', ')}`);
  const services = serviceNames(repoRoot);
  const names = [...new Set([...INFRASTRUCTURE_PORTS, ...services, ...extraPorts(shape, services)])];
  const supervisor = identify(process.pid);
  const state: StackState = {
    version: 1,
    dataDir,
    ports: await choosePorts(names, before?.ports ?? {}, isPortFree, Math.random),
    shape,
    secrets: before?.secrets ?? makeSecrets(),
    external: externalVariables(outer),
    ...(supervisor === undefined ? {} : { supervisor }),
    parts: {},
  };
  saveState(state);
  return state;
}

/** Names of the folders in services/ that can be started. */
export function serviceNames(repoRoot: string): string[] {
  const folder = join(repoRoot, 'services');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'src', 'main.ts')));
}
