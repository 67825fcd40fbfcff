import type { ChaosStack } from '../chaos-stack.ts';

/** What a fault may touch. */
export interface Reach {
  readonly stack: ChaosStack;
  /** Control API of the Graph simulator. */
  readonly simulator: (method: string, path: string, content?: object) => Promise<unknown>;
  readonly listIds: readonly string[];
  /** The Twenty database as its administrator. */
  readonly sql: (text: string) => Promise<void>;
  /** Makes the lost slot again and takes a new snapshot. */
  readonly recapture: () => Promise<void>;
}

/** A kind of fault: whom it can hit, and what it does; `strike` resolves when the cause is gone again. */
export interface FaultKind {
  readonly kind: string;
  /** Shorter or longer than the schedule's own choice, milliseconds. */
  readonly ms: readonly [least: number, most: number];
  readonly targets: (parts: readonly string[]) => readonly string[];
  readonly strike: (reach: Reach, target: string, ms: number) => Promise<void>;
}

/** One planned fault. */
export interface PlannedFault {
  readonly kind: string;
  readonly target: string;
  /** Milliseconds from the beginning. */
  readonly at: number;
  readonly ms: number;
}
