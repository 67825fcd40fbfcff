/** A command that must wait keeps only its key waiting, is no dead letter, and is answered once when the cause is gone. */
import { randomUUID } from 'node:crypto';
import { NO_VERSION, deadLetterTopic, recordKey, to, tombstone, topics } from '@sync/core';
import type { SharePointWrite } from '@sync/core';
import type { Client } from '@sync/runtime';
import { eventually } from '../support/eventually.ts';
import { openPipeline, recordsOf } from '../support/pipeline.ts';
import { counter } from '../support/metrics-page.ts';
import { placeOf } from '../support/sharepoint.ts';
import { CURRENT } from '../support/workspaces.ts';

jest.setTimeout(90_000);

let pipeline: Client;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(() => pipeline.close());

test('a command for a workspace that is not configured yet', async () => {
  const stranger = randomUUID();
  const [config] = (await pipeline.readAll(topics.config, CURRENT.id))
    .flatMap(({ value }) => value ?? [])
    .slice(-1);
  if (config === undefined) throw new Error('the demo workspace has no configuration');
  const waits = (): Promise<number> =>
    counter('sharepoint-writer', 'sync_waits_total', { code: 'LIST_NOT_READY' });
  const before = await waits();

  const [waiting, other] = [
    await remove(stranger, config.tenantId),
    await remove(CURRENT.id, config.tenantId),
  ];
  await pipeline.send([waiting, other].map((one) => to(topics.writes.p0, keyOf(one), one, one.tenantId)));
  await answered(other);
  await eventually('the wait', async () => ((await waits()) > before ? true : undefined));
  expect(await answersTo(waiting)).toEqual([]);

  await pipeline.send([to(topics.config, stranger, { ...config, workspaceId: stranger, enabled: false })]);
  await answered(waiting);
  await pipeline.send([tombstone(topics.config, stranger)]);
  expect(await answersTo(waiting)).toHaveLength(1);
  expect(await pipeline.readAll(deadLetterTopic('sharepoint-writer'), keyOf(waiting))).toEqual([]);
});

const keyOf = (one: SharePointWrite): string => recordKey(one);

/** The removal of an item that nobody has: a look, and nothing more. */
async function remove(workspaceId: string, tenantId: string): Promise<SharePointWrite> {
  const basis = { itemId: null, generation: 0, basis: NO_VERSION, etag: null };
  const wishes = [{ field: 'alive', value: 'false', source: NO_VERSION }];
  const ids = { commandId: randomUUID(), workspaceId, object: 'company', recordId: randomUUID() };
  return {
    ...ids,
    tenantId,
    ...(await placeOf(CURRENT, 'company')),
    ...basis,
    wishes,
    changedAt: null,
    issuedAt: Date.now(),
  };
}

const answersTo = (command: SharePointWrite) => recordsOf(pipeline, topics.sharepointResults, keyOf(command));

async function answered(command: SharePointWrite): Promise<void> {
  const first = async () => (await answersTo(command))[0];
  const answer = await eventually('the answer', first, { withinMs: 60_000, everyMs: 200 });
  expect(answer.value).toMatchObject({ commandId: command.commandId, kind: 'alreadySo' });
}
