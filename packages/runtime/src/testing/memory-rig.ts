import { MemoryBroker } from '../memory/memory-broker.ts';
import type { PortRig } from './port-rig.ts';

/** The ports in memory. */
export function memoryRig(): PortRig {
  const broker = new MemoryBroker({});
  let made = 0;
  return {
    broker,
    topic: (partitions) => {
      const name = `t${made++}`;
      broker.create(name, partitions);
      return Promise.resolve(name);
    },
    gap: (at) => Promise.resolve(broker.partition(at).skip()),
    truncate: (before) => Promise.resolve(broker.partition(before).truncate(before.offset)),
    committed: (group) => broker.committed(group),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    close: () => broker.close(),
  };
}
