interface Node {
  readonly name: string;
  readonly needs: readonly string[];
}

/** The parts named, and all that they need, in an order in which every part comes after its needs. Throws on an unknown name or a circle. */
export function selectParts<T extends Node>(parts: readonly T[], only?: readonly string[]): T[] {
  const byName = new Map(parts.map((part) => [part.name, part]));
  const chosen = new Map<string, T>();
  const visit = (name: string, path: readonly string[]) => {
    if (chosen.has(name)) return;
    if (path.includes(name))
      throw new Error(`parts need each other in a circle: ${[...path, name].join(' → ')}`);
    const part = byName.get(name);
    if (!part)
      throw new Error(`unknown part "${name}"${path.length > 0 ? `, needed by ${path.at(-1)}` : ''}`);
    for (const need of part.needs) visit(need, [...path, name]);
    chosen.set(name, part);
  };
  for (const name of only ?? byName.keys()) visit(name, []);
  return [...chosen.values()];
}

/**
 * Runs `action` for every part as soon as all it needs are through. After a failure no further one is begun;
 * rejects with the first failure once all that were begun have ended. `onFailure` is told of it at once.
 */
export async function inOrder<T extends Node>(
  parts: readonly T[],
  action: (part: T) => Promise<void>,
  onFailure: (error: unknown) => void = () => undefined,
): Promise<void> {
  const through = new Map<string, Promise<boolean>>();
  const failures: unknown[] = [];
  const go = async (part: T): Promise<boolean> => {
    const needs = await Promise.all(part.needs.map((need) => through.get(need) ?? Promise.resolve(true)));
    if (needs.includes(false) || failures.length > 0) return false;
    try {
      await action(part);
      return true;
    } catch (error) {
      if (failures.push(error) === 1) onFailure(error);
      return false;
    }
  };
  for (const part of parts) through.set(part.name, go(part));
  await Promise.all(through.values());
  if (failures.length > 0) throw failures[0];
}

/** The same parts turned round: each needs those that needed it, so that it is stopped after them. */
export function reversed<T extends Node>(parts: readonly T[]): { name: string; needs: string[]; part: T }[] {
  return parts.toReversed().map((part) => ({
    name: part.name,
    needs: parts.filter((other) => other.needs.includes(part.name)).map((other) => other.name),
    part,
  }));
}
