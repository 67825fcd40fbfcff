/** What happens in a run, told in short for people. */

/** An error with its cause and place. */
export function describe(error: unknown): string {
  return error instanceof Error
    ? `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''} ${error.stack?.split('\n')[1] ?? ''}`
    : String(error);
}

/** What a write changed. */
export function brief(before: object | null, after: object | null): string {
  if (after === null) return 'destroyed';
  const was = new Map(Object.entries(before ?? {}));
  const left = [...was.keys()].filter((name) => !(name in after)).map((name) => [name, null]);
  const changed = Object.entries(after).filter(
    ([name, value]) => (was.get(name) ?? null) !== (value ?? null),
  );
  return JSON.stringify(Object.fromEntries([...changed, ...left]));
}

const IN_SHORT = new Set([
  'commandId',
  'itemId',
  'basis',
  'kind',
  'version',
  'field',
  'winner',
  'rule',
  'twentyValue',
  'sharepointValue',
  'base',
  'expected',
]);

/** A record of a topic: what it says, without whose it is. */
export function inShort(value: unknown): string {
  const given = value as {
    wishes?: readonly { field: string; value: string | null }[];
    picture?: object | null;
  };
  const shown = Object.fromEntries(Object.entries(given).filter(([name]) => IN_SHORT.has(name)));
  const wishes = (given.wishes ?? []).map(({ field, value: wished }) => `${field}=${wished}`).join(' ');
  return `${JSON.stringify(shown)} [${wishes}]${given.picture ? ` saw ${JSON.stringify(given.picture)}` : ''}`;
}
