/** Moves bytes from one socket to another as the weather allows. */
import type { Socket } from 'node:net';
import { dueAt } from './pace.ts';
import type { Weather } from './proxy.ts';

/** Forwards everything that `from` says, in order. */
export function forward(from: Socket, to: Socket, weather: () => Weather): void {
  let last = 0;
  let waiting = 0;
  let ended = false;
  const endIfDone = (): void => {
    if (ended && waiting === 0) to.end();
  };
  const write = (chunk: Buffer): void => {
    if (to.destroyed || to.writableEnded || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  };
  from.on('data', (chunk: Buffer) => {
    const now = weather();
    if (now.kind === 'halfOpen') return;
    const at = Date.now();
    last = dueAt(now, last, at, chunk.length);
    if (last <= at && waiting === 0) return write(chunk);
    waiting += 1;
    setTimeout(() => {
      waiting -= 1;
      write(chunk);
      endIfDone();
    }, last - at);
  });
  from.on('end', () => {
    ended = true;
    endIfDone();
  });
}
