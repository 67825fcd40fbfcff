import { createServer } from 'node:net';

export type Ports = Readonly<Record<string, number>>;

/** Below the range from which the system takes ports for outgoing connections, so a kept port stays free while stopped. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** A port for every name: the kept one where it is still free, else another one. */
export async function choosePorts(
  names: readonly string[],
  kept: Ports,
  isFree: (port: number) => Promise<boolean>,
  random: () => number,
): Promise<Ports> {
  const chosen: Record<string, number> = { ...kept };
  for (const name of names) {
    const before = kept[name];
    if (before !== undefined && (await isFree(before))) continue;
    chosen[name] = await findFree(new Set(Object.values(chosen)), isFree, random);
  }
  return chosen;
}

async function findFree(
  taken: ReadonlySet<number>,
  isFree: (port: number) => Promise<boolean>,
  random: () => number,
) {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    const port = LOWEST + Math.floor(random() * (HIGHEST - LOWEST));
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port on 127.0.0.1 between ${LOWEST} and ${HIGHEST}`);
}

/** Whether nobody listens on this port of the loopback address. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
