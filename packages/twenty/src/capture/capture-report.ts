import { sqlState } from '../sql.ts';

/** What became of one item: it was right, was made, was corrected, or the server did not let us. */
export type ItemState = 'ok' | 'created' | 'changed' | 'refused';

/** One line of the report of `ensureCapture`. */
export interface CaptureItem {
  readonly item: string;
  readonly state: ItemState;
  readonly detail: string;
}

/** Capture cannot work on this server as it is; the message names the fix. */
export class CaptureImpossible extends Error {
  override readonly name = 'CaptureImpossible';
}

/** What a step answers: its state and, where useful, a word about it. */
export type StepAnswer = ItemState | readonly [ItemState, string];

/**
 * The errors by which a server declines: privilege missing, object missing (because an earlier step was declined),
 * not supported, lock or object busy, out of slots.
 */
const DECLINED = new Set(['42501', '42704', '0A000', '55P03', '55006', '53400', '3F000', '42P01', '55000']);

/** Collects the report, and turns a server's refusal into a line of it. */
export class CaptureReport {
  readonly items: CaptureItem[] = [];

  /** Runs one step; an error other than a refusal is thrown on. */
  async step(item: string, work: () => Promise<StepAnswer>): Promise<ItemState> {
    const [state, detail] = await settle(work);
    this.items.push({ item, state, detail });
    return state;
  }
}

async function settle(work: () => Promise<StepAnswer>): Promise<readonly [ItemState, string]> {
  try {
    const answer = await work();
    return typeof answer === 'string' ? [answer, ''] : answer;
  } catch (error) {
    const code = sqlState(error);
    if (code === undefined || !DECLINED.has(code)) throw error;
    return ['refused', `${code} ${(error as Error).message}`];
  }
}
