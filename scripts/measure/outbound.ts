import { topics } from '@sync/core';
import { companies, summary, table } from './tools.ts';
import type { Tools } from './tools.ts';

/** When a change was seen at each station, milliseconds since 1970. */
type Stations = Partial<Record<'committed' | 'raw' | 'change' | 'write' | 'answered', number>>;

const HOPS: readonly (readonly [name: string, from: keyof Stations, to: keyof Stations])[] = [
  ['commit → raw', 'committed', 'raw'],
  ['raw → change', 'raw', 'change'],
  ['change → write', 'change', 'write'],
  ['write → 2xx', 'write', 'answered'],
  ['commit → 2xx', 'committed', 'answered'],
];

/** Renames companies one after the other, 30 to 70 ms apart, and follows each name through the topics. */
export async function measureOutbound(tools: Tools, count: number): Promise<void> {
  const seen = new Map<string, Stations>();
  const note = (name: unknown, station: keyof Stations, at: number): void => {
    const stations = typeof name === 'string' ? seen.get(name) : undefined;
    if (stations !== undefined) stations[station] ??= at;
  };
  await tools.client.follow(topics.raw, ({ value, timestamp }) => note(nameInRaw(value), 'raw', timestamp));
  await tools.client.follow(topics.twentyChanges.company, ({ value, timestamp }) =>
    note(value?.fields['name'], 'change', timestamp),
  );
  await tools.client.follow(topics.writes.p0, ({ value, timestamp }) =>
    note(wishedName(value), 'write', timestamp),
  );
  await tools.client.follow(topics.sharepointResults, ({ value }) =>
    note(wishedName(value), 'answered', value?.answeredAt ?? 0),
  );

  const ids = await companies(tools, 12);
  const run = Date.now().toString(36);
  for (let i = 0; i < count; i += 1) {
    const name = `Measured ${run} ${i}`;
    const stations: Stations = {};
    seen.set(name, stations);
    await tools.db.query(
      `UPDATE ${table(tools.workspaceId)} SET name = $1, "updatedAt" = now() WHERE id = $2`,
      [name, ids[i % ids.length]],
    );
    stations.committed = Date.now();
    await tools.pause(30 + Math.random() * 40);
  }
  await settle(tools, seen);
  for (const [name, from, to] of HOPS) {
    const times = [...seen.values()].flatMap((stations) => {
      const [start, end] = [stations[from], stations[to]];
      return start === undefined || end === undefined ? [] : [end - start];
    });
    console.log(`${name.padEnd(16)} ${summary(times)}`);
  }
}

/** Names that a newer one overtook are never written; the last ones tell that all is through. */
async function settle(tools: Tools, seen: ReadonlyMap<string, Stations>): Promise<void> {
  const last = [...seen.values()].slice(-12);
  for (
    let waited = 0;
    waited < 30_000 && last.some((stations) => stations.answered === undefined);
    waited += 50
  )
    await tools.pause(50);
}

function nameInRaw(value: Buffer | null): unknown {
  if (value === null) return undefined;
  const row = JSON.parse(value.toString()) as { after?: { name?: unknown } | null };
  return row.after?.name;
}

function wishedName(
  value: { readonly wishes: readonly { readonly field: string; readonly value: string | null }[] } | null,
): unknown {
  return value?.wishes.find((wish) => wish.field === 'name')?.value;
}
