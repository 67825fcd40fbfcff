/**
 * The doors, in a process of their own: whatever the run is busy with, the network goes on. No thread: one in which
 * connections had been reset did not come to its end (Node 24.21).
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Door, Weather } from './proxy.ts';

/** What the process is asked to do with the door on a port. */
export type DoorOrder = { readonly port: number } & (
  | { readonly kind: 'open'; readonly targets: readonly number[] }
  | { readonly kind: 'weather'; readonly weather: Weather }
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' }
);

/** The order about this port was carried out. */
export interface DoorDone {
  readonly port: number;
}

export class DoorProcess {
  // In a group of its own: what ends the run from a terminal must not end the network before the stack.
  readonly #child = fork(join(import.meta.dirname, 'door-keeper.ts'), { detached: true });
  readonly #waiting = new Map<number, () => void>();

  constructor() {
    this.#child.on('message', ({ port }: DoorDone) => this.#waiting.get(port)?.());
    this.#child.on('exit', (code) => {
      if (code !== 0) throw new Error(`the process of the doors ended with code ${code}`);
    });
  }

  /** See openDoor. */
  async open(port: number, targets: readonly number[]): Promise<Door> {
    await this.#ask({ kind: 'open', port, targets });
    return {
      port,
      setWeather: (weather) => void this.#child.send({ kind: 'weather', port, weather }),
      reset: () => void this.#child.send({ kind: 'reset', port }),
      close: () => this.#ask({ kind: 'close', port }),
    };
  }

  /** The process ends with the connection to it. */
  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  #ask(order: DoorOrder): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(order.port, resolve);
      this.#child.send(order);
    });
  }
}
