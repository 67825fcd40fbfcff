/** A door: a TCP proxy in front of one part, whose network can be made bad while it is in use. */
import { createServer, connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import { forward } from './pump.ts';

export type Weather =
  | { readonly kind: 'clear' }
  /** Every byte arrives so much later, in milliseconds. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Bytes per second, per connection and direction. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** Nobody gets in, and who was in is thrown out. */
  | { readonly kind: 'cut' }
  /** Connections stay open and nothing passes; what hung in it is reset when the weather clears. */
  | { readonly kind: 'halfOpen' };

export const CLEAR: Weather = { kind: 'clear' };

export interface Door {
  readonly port: number;
  setWeather(weather: Weather): void;
  /** Resets every connection once. */
  reset(): void;
  close(): Promise<void>;
}

/** Opens a door on a port of the loopback address; connections go to the first target that takes them, in turn. */
export async function openDoor(port: number, targets: readonly number[]): Promise<Door> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const lost = new Set<readonly [Socket, Socket]>();
  let weather: Weather = CLEAR;
  let turn = 0;
  const server = createServer({ noDelay: true }, (client) => {
    client.on('error', () => client.destroy());
    if (weather.kind === 'cut') return void client.destroy();
    turn += 1;
    void reach(targets, turn).then((target) => {
      if (target === null) return void client.resetAndDestroy();
      const pair = [client, target] as const;
      pairs.add(pair);
      join(
        pair,
        () => weather,
        () => pairs.delete(pair) && lost.delete(pair),
      );
      if (weather.kind === 'halfOpen') lost.add(pair);
    });
  });
  const drop = (some: Iterable<readonly [Socket, Socket]>): void => {
    for (const pair of [...some]) for (const socket of pair) socket.resetAndDestroy();
  };
  await listening(server, port);
  return {
    port,
    setWeather: (next) => {
      weather = next;
      if (next.kind === 'cut') drop(pairs);
      if (next.kind === 'halfOpen') for (const pair of pairs) lost.add(pair);
      else drop(lost);
    },
    reset: () => drop(pairs),
    close: () => {
      drop(pairs);
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function join([client, target]: readonly [Socket, Socket], weather: () => Weather, onEnd: () => void): void {
  forward(client, target, weather);
  forward(target, client, weather);
  for (const [one, other] of [
    [client, target],
    [target, client],
  ] as const) {
    one.on('error', () => one.destroy());
    one.on('close', () => {
      other.destroy();
      onEnd();
    });
  }
}

async function reach(targets: readonly number[], turn: number): Promise<Socket | null> {
  for (const [at] of targets.entries()) {
    const socket = await tryPort(targets[(turn + at) % targets.length] ?? 0);
    if (socket !== null) return socket;
  }
  return null;
}

function tryPort(port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => resolve());
  });
}
