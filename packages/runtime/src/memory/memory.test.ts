import { describePorts } from '../testing/port-contract.ts';
import { memoryRig } from '../testing/memory-rig.ts';

describePorts('the broker in memory', () => Promise.resolve(memoryRig()));
