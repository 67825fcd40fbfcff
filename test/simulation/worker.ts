/** A thread that takes seeds and gives back what became of them. */
import { parentPort } from 'node:worker_threads';
import { makeScenario } from './scenario.ts';
import { simulate } from './simulate.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
port.on('message', (seeds: readonly number[]) => {
  void runAll(seeds);
});

async function runAll(seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) port?.postMessage(await simulate(makeScenario(seed)));
  port?.postMessage('next');
}
