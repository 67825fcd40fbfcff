/** What a processor wants done with one record: a value, never an action. */
import type { OutRecord } from './topic.ts';

export type Outcome =
  /** Send stage after stage; a stage is sent only after the one before was acknowledged. Then the input is done. */
  | { readonly kind: 'emit'; readonly stages: readonly (readonly OutRecord[])[] }
  /** Nothing to do; `reason` is a stable kebab-case code and becomes a metric label. */
  | { readonly kind: 'drop'; readonly reason: string }
  /** Can never be processed: goes to the service's dead letters, byte for byte. */
  | { readonly kind: 'deadLetter'; readonly code: string; readonly reason: string };

export function emit(...stages: readonly (readonly OutRecord[])[]): Outcome {
  return { kind: 'emit', stages: stages.filter((stage) => stage.length > 0) };
}

export function drop(reason: string): Outcome {
  return { kind: 'drop', reason };
}

export function deadLetter(code: string, reason: string): Outcome {
  return { kind: 'deadLetter', code, reason };
}
