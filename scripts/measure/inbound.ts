import { bindingKey, topics } from '@sync/core';
import { companies, summary, table } from './tools.ts';
import type { Tools } from './tools.ts';

/** Edits items as a user, one after the other, and waits until the row holds the value. */
export async function measureInbound(tools: Tools, count: number): Promise<void> {
  const lists = await tools.client.readAll(topics.lists);
  const binding = lists.findLast(
    ({ key }) => key === bindingKey({ workspaceId: tools.workspaceId, object: 'company' }),
  )?.value;
  const mappings = await tools.client.readAll(topics.mappings);
  if (binding === null || binding === undefined) throw new Error('the list of companies is not bound yet');
  const items = (await companies(tools, 12)).flatMap((recordId) => {
    const itemId = mappings.findLast(({ value }) => value?.recordId === recordId)?.value?.itemId;
    return itemId === null || itemId === undefined ? [] : [{ recordId, itemId }];
  });
  for (const [name, drop, knobs] of [
    ['by notification (Graph delay 0)', 0, { notifyDelayMs: 0 }],
    [`by timed read alone (every ${binding.pollSeconds} s)`, 1_000_000, {}],
  ] as const) {
    await control(tools, 'PATCH', '/__sim/knobs', knobs);
    await control(tools, 'PATCH', '/__sim/faults', { dropNotifications: drop });
    const times: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const item = items[i % items.length];
      if (item !== undefined)
        times.push(await oneEdit(tools, binding.listId, item, `Edited ${Date.now().toString(36)} ${i}`));
    }
    console.log(`${name.padEnd(36)} ${summary(times)}`);
  }
  await control(tools, 'PATCH', '/__sim/faults', { dropNotifications: 0 });
}

async function oneEdit(
  tools: Tools,
  listId: string,
  item: { recordId: string; itemId: string },
  title: string,
): Promise<number> {
  const begin = Date.now();
  await control(tools, 'PATCH', `/__sim/lists/${listId}/items/${item.itemId}`, {
    fields: { Title: title },
    user: 'Measuring user',
  });
  for (;;) {
    const found = await tools.db.query<{ name: string }>(
      `SELECT name FROM ${table(tools.workspaceId)} WHERE id = $1`,
      [item.recordId],
    );
    if (found.rows[0]?.name === title) return Date.now() - begin;
    if (Date.now() - begin > 60_000) throw new Error(`the edit "${title}" did not arrive within a minute`);
    await tools.pause(5);
  }
}

async function control(tools: Tools, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(tools.simulatorUrl + path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}
