/** The history cut into tracks: one side of one field of one record, in order. */
import type { Change, HistorySide, ToldConflict } from './change.ts';

export class Tracks {
  readonly #changes = new Map<string, Change[]>();
  readonly #fields = new Map<string, Set<string>>();
  readonly #conflicts = new Map<string, ToldConflict[]>();

  readonly #answered: ReadonlySet<number>;

  constructor(
    changes: readonly Change[],
    conflicts: readonly ToldConflict[],
    answered: ReadonlySet<number> = new Set(),
  ) {
    this.#answered = answered;
    for (const change of changes) {
      pushTo(this.#changes, trackKey(change.side, change.record, change.field), change);
      this.#fieldsOf(change.record).add(change.field);
    }
    for (const track of this.#changes.values()) track.sort((a, b) => a.seq - b.seq);
    for (const conflict of conflicts)
      pushTo(this.#conflicts, `${conflict.record}|${conflict.field}`, conflict);
  }

  /** Has the sync ever told of this item in an answer? */
  isAnswered(item: number): boolean {
    return this.#answered.has(item);
  }

  get records(): readonly string[] {
    return [...this.#fields.keys()];
  }

  fields(record: string): readonly string[] {
    return [...this.#fieldsOf(record)];
  }

  of(side: HistorySide, record: string, field: string): readonly Change[] {
    return this.#changes.get(trackKey(side, record, field)) ?? [];
  }

  conflictsOf(record: string, field: string): readonly ToldConflict[] {
    return this.#conflicts.get(`${record}|${field}`) ?? [];
  }

  #fieldsOf(record: string): Set<string> {
    const known = this.#fields.get(record) ?? new Set();
    this.#fields.set(record, known);
    return known;
  }
}

const trackKey = (side: HistorySide, record: string, field: string): string => `${side}|${record}|${field}`;

function pushTo<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
