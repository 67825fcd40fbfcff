/** The two demo workspaces that the end-to-end tests write into. */
import { schemaOfWorkspaceId } from '@sync/core';
import type { Generation } from '@sync/twenty-demo';

export type SyncedObject = 'company' | 'person' | 'opportunity';
export const OBJECTS: readonly SyncedObject[] = ['company', 'person', 'opportunity'];

export interface Workspace {
  readonly id: string;
  readonly schema: string;
  readonly generation: Generation;
  /** Path of the site on the demo host. */
  readonly site: string;
}

function workspace(id: string, generation: Generation, site: string): Workspace {
  return { id, schema: schemaOfWorkspaceId(id), generation, site };
}

export const CURRENT = workspace('5a17d0c4-1f0e-4b7a-9c51-0d7e3a6b2f10', '2.19', '/sites/crm');
export const OLD = workspace('7be2c9a0-63d8-4e15-8f24-91c6d05e7a3b', '1.5', '/sites/crm-legacy');
export const WORKSPACES: readonly (readonly [name: string, workspace: Workspace])[] = [
  ['Twenty 2.19', CURRENT],
  ['Twenty 1.5', OLD],
];

/** Title of the list that mirrors an object. */
export const LISTS: Readonly<Record<SyncedObject, string>> = {
  company: 'Companies',
  person: 'People',
  opportunity: 'Opportunities',
};

/** Every workspace with every object, for `describe.each`. */
export const PLACES = WORKSPACES.flatMap(([name, place]) =>
  OBJECTS.map((object) => [name, object, place] as const),
);
