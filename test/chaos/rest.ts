/** When both sides have come to rest. */
import { pause } from './chaos-stack.ts';
import { differing } from './witness.ts';
import type { Testimony, Witness } from './witness.ts';

export interface Rest {
  /** Until nothing differed and nothing changed any more; null when that never came. */
  readonly restMs: number | null;
  readonly testimony: Testimony;
}

/** As long as this, nothing may change. */
const CALM_MS = 6_000;

/** Waits until nothing differs and nothing has changed for a while. */
export async function untilAgreed(
  witness: Witness,
  askedDeletes: Parameters<Witness['testify']>[0],
  limitMs: number,
): Promise<Rest> {
  const from = Date.now();
  let calmSince: number | null = null;
  let before = '';
  for (;;) {
    const testimony = await witness.testify(askedDeletes);
    const now = JSON.stringify(testimony.last);
    const isCalm = now === before && differing(testimony) === 0;
    before = now;
    calmSince = isCalm ? (calmSince ?? Date.now()) : null;
    if (calmSince !== null && Date.now() - calmSince > CALM_MS)
      return { restMs: calmSince - from, testimony };
    if (Date.now() - from > limitMs) return { restMs: null, testimony };
    await pause(1_000);
  }
}
