/** Which list a key means, and whether it is to be read. */
import { listKey } from '@sync/core';
import type { ListBinding, WorkspaceConfig } from '@sync/core';

/** The binding of a list, or undefined when no object is mirrored there. */
export function bindingOf(key: string, bindings: Iterable<[string, ListBinding]>): ListBinding | undefined {
  for (const [, binding] of bindings) if (listKey(binding) === key) return binding;
  return undefined;
}

/** The configuration under which a list is read; undefined when the sync of its object is switched off or has moved. */
export function activeConfig(
  binding: ListBinding,
  config: WorkspaceConfig | undefined,
): WorkspaceConfig | undefined {
  if (config === undefined || !config.enabled || config.tenantId !== binding.tenantId) return undefined;
  return config.objects.some(({ name }) => name === binding.object) ? config : undefined;
}

/** A cursor that another Graph gave out is of no use: the token must not follow it there. */
export function isOwnLink(deltaLink: string, graphUrl: string): boolean {
  return deltaLink.startsWith(`${graphUrl}/`);
}
