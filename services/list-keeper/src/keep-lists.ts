/** Looks after every list that is due. */
import { bindingKey } from '@sync/core';
import type { ListBinding, ObjectConfig, TwentyMetadata, WorkspaceConfig } from '@sync/core';
import type { Agenda } from './agenda.ts';
import { keepList } from './keep-list.ts';
import type { Kept, Sites } from './keep-list.ts';
import type { Ledger } from './ledger.ts';
import type { KeeperMetrics } from './metrics.ts';
import { settle } from './settle.ts';
import type { Setback } from './settle.ts';
import { byApplication, targetOf } from './targets.ts';

export interface ListParts {
  /** Is this the instance that keeps the lists now? */
  readonly owns: () => boolean;
  readonly agenda: Agenda;
  readonly checkMs: number;
  readonly configs: { entries(): Iterable<[string, WorkspaceConfig]> };
  readonly metadata: { get(key: string): TwentyMetadata | undefined };
  readonly lists: Ledger<ListBinding>;
  readonly sitesOf: (workspace: WorkspaceConfig) => Sites;
  readonly now: () => number;
  readonly log: Record<'info' | 'warn', (detail: object, message: string) => void>;
  readonly metrics: Pick<KeeperMetrics, 'count'>;
}

/**
 * Lists of one application are looked after one by one, since they share a quota; a slow tenant holds up no other. Before
 * each it is asked again whether this instance is the one to do so: two would make two lists, and replace each other's subscriptions.
 */
export async function keepLists(parts: ListParts): Promise<void> {
  const workspaces = [...parts.configs.entries()].map(([, config]) => config);
  await Promise.all(byApplication(workspaces).map((group) => keepGroup(group, parts)));
}

async function keepGroup(group: readonly WorkspaceConfig[], parts: ListParts): Promise<void> {
  for (const workspace of group) {
    for (const object of workspace.objects) await keepOne(workspace, object, parts);
  }
}

async function keepOne(workspace: WorkspaceConfig, object: ObjectConfig, parts: ListParts): Promise<void> {
  const { agenda, now, checkMs } = parts;
  const key = bindingKey({ workspaceId: workspace.workspaceId, object: object.name });
  if (!parts.owns() || !agenda.isDue(key, now())) return;
  // Put off before the check: what changes meanwhile makes it due again.
  agenda.putOff(key, now() + checkMs);
  const result = await settle(() => check(workspace, object, key, parts));
  parts.metrics.count('sync_list_checks_total', { result: result.kind });
  if (result.kind === 'bound') return;
  if ('waitMs' in result) agenda.putOff(key, now() + result.waitMs);
  parts.log.warn(
    { binding: key, reason: reasonOf(result) },
    'The list is not ready; it will be looked at again.',
  );
}

async function check(
  workspace: WorkspaceConfig,
  object: ObjectConfig,
  key: string,
  parts: ListParts,
): Promise<Kept> {
  const { lists, log, metrics } = parts;
  const target = targetOf(workspace, object, parts.metadata.get(workspace.workspaceId));
  if ('reason' in target) return { kind: 'unusable', reason: target.reason };
  const kept = await keepList(target, lists.get(key), parts.sitesOf(workspace));
  if (kept.kind !== 'bound') return kept;
  metrics.count('sync_list_columns_created_total', {}, kept.created);
  if (!(await lists.publish(key, kept.binding))) return kept;
  const { listName, webUrl, fields, skipped } = kept.binding;
  log.info({ binding: key, listName, webUrl, fields: fields.length, skipped }, 'The list is bound.');
  return kept;
}

function reasonOf(result: Exclude<Kept, { kind: 'bound' }> | Setback): string {
  return 'reason' in result ? result.reason : result.message;
}
