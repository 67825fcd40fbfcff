/** A change that arrived on the other side, as the live view shows it. */
export interface SeenChange {
  readonly direction: 'twenty → sharepoint' | 'sharepoint → twenty';
  readonly object: string;
  readonly key: string;
  /** From the change on one side to its confirmation on the other, in milliseconds; null when no change of this record caused it. */
  readonly latencyMs: number | null;
  readonly at: Date;
}

/** What the live view shows; plain data. */
export interface ViewModel {
  /** Name and address, in the order shown. */
  readonly links: readonly (readonly [string, string])[];
  /** Name and whether it is up. */
  readonly parts: readonly (readonly [string, boolean])[];
  /** Newest first, at most `KEPT_CHANGES` per direction. */
  readonly changes: readonly SeenChange[];
  /** Records that wait in all consumer groups, undefined while not known. */
  readonly lag: number | undefined;
}

export const KEPT_CHANGES = 20;

/** The model with one more change; the oldest of its direction leaves when there are too many. */
export function withChange(model: ViewModel, change: SeenChange): ViewModel {
  const same = model.changes.filter((other) => other.direction === change.direction);
  const oldest = same.length >= KEPT_CHANGES ? same.at(-1) : undefined;
  return { ...model, changes: [change, ...model.changes.filter((other) => other !== oldest)] };
}
