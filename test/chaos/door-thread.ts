/** The doors, on a thread of their own: whatever the run is busy with, the network goes on. */
import { Worker } from 'node:worker_threads';
import type { Door, Weather } from './proxy.ts';

/** What the thread is asked to do with the door on a port. */
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

export class DoorThread {
  readonly #worker = new Worker(new URL('door-worker.ts', import.meta.url));
  readonly #waiting = new Map<number, () => void>();

  constructor() {
    this.#worker.on('message', ({ port }: DoorDone) => this.#waiting.get(port)?.());
  }

  /** See openDoor. */
  async open(port: number, targets: readonly number[]): Promise<Door> {
    await this.#ask({ kind: 'open', port, targets });
    return {
      port,
      setWeather: (weather) => this.#worker.postMessage({ kind: 'weather', port, weather }),
      reset: () => this.#worker.postMessage({ kind: 'reset', port }),
      close: () => this.#ask({ kind: 'close', port }),
    };
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(order: DoorOrder): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(order.port, resolve);
      this.#worker.postMessage(order);
    });
  }
}
