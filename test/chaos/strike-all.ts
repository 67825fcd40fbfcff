/** Strikes with every planned fault at its time. */
import { pause } from './chaos-stack.ts';
import type { PlannedFault, Reach } from './faults/fault.ts';
import { FAULT_KINDS } from './faults/kinds.ts';
import type { Strike } from './recovery.ts';

/** Resolves when the time is over, and every fault with it. */
export async function strikeAll(
  faults: readonly PlannedFault[],
  withinMs: number,
  reach: Reach,
  say: (line: string) => void,
): Promise<Strike[]> {
  const from = Date.now();
  const strikes: Promise<Strike>[] = [];
  for (const fault of faults) {
    await pause(from + fault.at - Date.now());
    say(`fault: ${fault.kind}, ${fault.target}, ${fault.ms} ms`);
    strikes.push(strike(reach, fault));
  }
  await pause(from + withinMs - Date.now());
  return Promise.all(strikes);
}

async function strike(reach: Reach, { kind, target, ms }: PlannedFault): Promise<Strike> {
  const from = Date.now();
  await FAULT_KINDS.find((one) => one.kind === kind)?.strike(reach, target, ms);
  return { kind, target, from, healed: Date.now() };
}
