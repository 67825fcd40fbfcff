/** Values that have parts: what counts as a person's own are the parts, as each is edited alone. */
type Value = string | null | undefined;

/** The parts of a value; a plain value is its own only part. */
export function partsOf(value: Value): string[] {
  if (value === null || value === undefined) return [];
  if (!value.startsWith('[')) return [value];
  return (JSON.parse(value) as (string | null)[]).map((part) => part ?? '');
}

/** Parts of a value that another one does not have. */
export function goneFrom(value: Value, next: Value): string[] {
  const kept = partsOf(next);
  return partsOf(value).filter((part) => !kept.includes(part));
}

/** Parts that both sides changed, each to something else: one of the two must give way. */
export function contested(base: Value, twenty: Value, sharepoint: Value): string[] {
  const [was, ours, theirs] = [partsOf(base), partsOf(twenty), partsOf(sharepoint)];
  return [...ours.keys(), ...theirs.keys()].flatMap((i) => {
    const isContested = ours[i] !== was[i] && theirs[i] !== was[i] && ours[i] !== theirs[i];
    return isContested ? [ours[i], theirs[i]].filter((part) => part !== undefined) : [];
  });
}
