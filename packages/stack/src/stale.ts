import { stopGroup } from './launch.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';
import type { StackState } from './state.ts';

/** The processes that an earlier start recorded and that are still the very same: they outlived their supervisor. */
export function leftOver(
  state: StackState | undefined,
  alive: (identity: ProcessIdentity) => boolean = isAlive,
): { name: string; identity: ProcessIdentity }[] {
  return Object.entries(state?.parts ?? {}).flatMap(([name, { identity }]) =>
    identity && alive(identity) ? [{ name, identity }] : [],
  );
}

/** Stops what an earlier start left behind; returns the names of the parts. */
export async function stopLeftOver(state: StackState | undefined): Promise<string[]> {
  const found = leftOver(state);
  await Promise.all(
    found.map(({ name, identity }) =>
      stopGroup(identity, name === 'postgres' ? 'SIGINT' : 'SIGTERM', 15_000),
    ),
  );
  return found.map(({ name }) => name);
}
