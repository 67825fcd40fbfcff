/** Moves bytes from one socket to another as the weather allows. */
import type { Socket } from 'node:net';
import { dueAt } from './pace.ts';
import type { Weather } from './proxy.ts';

/** Forwards everything that `from` says, in order. */
export function forward(from: Socket, to: Socket, weather: () => Weather): void {
  // One timer for the first in line: timers of several lengths that end in the same millisecond fire in any order.
  const line: { readonly chunk: Buffer; readonly due: number }[] = [];
  let last = 0;
  let ended = false;
  const write = (chunk: Buffer): void => {
    if (to.destroyed || to.writableEnded || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  };
  const move = (): void => {
    for (let first = line[0]; first !== undefined; first = line[0]) {
      const waitMs = first.due - Date.now();
      if (waitMs > 0) return void setTimeout(move, waitMs);
      line.shift();
      write(first.chunk);
    }
    if (ended) to.end();
  };
  from.on('data', (chunk: Buffer) => {
    const now = weather();
    if (now.kind === 'halfOpen') return;
    last = Math.ceil(dueAt(now, last, Date.now(), chunk.length));
    line.push({ chunk, due: last });
    if (line.length === 1) move();
  });
  from.on('end', () => {
    ended = true;
    if (line.length === 0) to.end();
  });
}
