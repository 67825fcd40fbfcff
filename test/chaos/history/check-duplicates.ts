import type { LiveCopy, Violation } from './change.ts';

/** One record lives once on a side, under whatever id; values that are unique tell two ids of one record apart from two records. */
export function checkDuplicates(live: readonly LiveCopy[]): Violation[] {
  return [
    ...twice(live, ({ side, record }) => `${side}|${record}`),
    ...twice(marked(live), ({ side, mark }) => `${side}|${mark}`),
  ];
}

/** Copies of one record are told once already. */
function marked(live: readonly LiveCopy[]): LiveCopy[] {
  const first = new Map(
    live.filter(({ mark }) => mark !== null).map((copy) => [`${copy.side}|${copy.record}`, copy]),
  );
  return [...first.values()];
}

function twice(live: readonly LiveCopy[], keyOf: (copy: LiveCopy) => string): Violation[] {
  const byKey = Map.groupBy(live, keyOf);
  return [...byKey.values()]
    .filter((copies) => copies.length > 1)
    .map((copies) => ({
      kind: 'duplicate',
      record: copies[0]?.record ?? '',
      field: '',
      story: `${copies[0]?.side} holds it ${copies.length} times: ${copies.map(({ id }) => id).join(', ')}`,
    }));
}
