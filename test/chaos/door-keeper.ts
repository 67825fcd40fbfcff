/** The process that holds the doors. */
import type { DoorDone, DoorOrder } from './door-process.ts';
import { openDoor } from './proxy.ts';
import type { Door } from './proxy.ts';

const doors = new Map<number, Door>();

process.on('message', (order: DoorOrder) => void carryOut(order));
process.on('disconnect', () => process.exit());

async function carryOut(order: DoorOrder): Promise<void> {
  const { port } = order;
  switch (order.kind) {
    case 'open':
      doors.set(port, await openDoor(port, order.targets));
      return done({ port });
    case 'weather':
      return doors.get(port)?.setWeather(order.weather);
    case 'reset':
      return doors.get(port)?.reset();
    case 'close':
      await doors.get(port)?.close();
      return done({ port });
  }
}

function done(what: DoorDone): void {
  process.send?.(what);
}
