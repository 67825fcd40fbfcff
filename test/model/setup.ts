/** What is fixed while a scope is explored: the mapping, the policy, and where the record lives. */
import { IDENTITY_COLUMN } from '@sync/core';
import type { MappingField, ObjectMapping, RowValue } from '@sync/core';
import type { Strategy } from '../../services/conflict-detector/src/brain/policy.ts';
import type { Situation } from '../../services/conflict-detector/src/situation.ts';
import type { Place } from '../../services/twenty-writer/src/job.ts';

/** The record of the model: a UUID, because the delta reader believes nothing else. */
export const RECORD_ID = '00000000-0000-4000-8000-000000000001';

export interface Setup {
  readonly situation: Situation;
  readonly place: Place;
  /** Fields that people edit; the mapping has all of them. */
  readonly edited: readonly string[];
  /** Values people choose from; null when each edit has a value of its own, so that it can be followed. */
  readonly vocabulary: readonly string[] | null;
}

export interface SetupChoice {
  readonly strategy?: Strategy;
  readonly edited?: readonly string[];
  readonly vocabulary?: readonly string[];
  /** True for a mapping that shows the record id in the identity column, as the shipped ones do. */
  readonly withIdentity?: boolean;
}

const CODEC = {
  fromRow: ([value]: readonly RowValue[]) => textOf(value),
  toRow: (value: string | null) => ({ ok: true as const, values: [value] }),
  fromItem: ([value]: readonly unknown[]) => textOf(value),
  toItem: (value: string | null) => ({ ok: true as const, values: [value] }),
};

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function field(name: string, column = name): MappingField {
  const columns = [{ name: column, displayName: name, facet: 'text' as const }];
  return { name, twenty: [[name]], columns, codec: CODEC };
}

const IDENTITY: MappingField = { ...field('id', IDENTITY_COLUMN), derived: { from: 'recordId' } };

export function setupOf(choice: SetupChoice): Setup {
  const edited = choice.edited ?? ['f', 'g'];
  const fields = [...edited.filter((name) => name !== 'id').map((name) => field(name))];
  if (choice.withIdentity === true) fields.push(IDENTITY);
  const mapping: ObjectMapping = { object: 'company', fields, label: [] };
  return {
    situation: situationFor(mapping, choice.strategy ?? 'lastWriteWins'),
    place: placeFor(mapping),
    edited,
    vocabulary: choice.vocabulary ?? null,
  };
}

function situationFor(mapping: ObjectMapping, strategy: Strategy): Situation {
  const bound = mapping.fields.map(({ name }) => name);
  const list = { workspaceId: 'w', object: mapping.object, tenantId: 't', siteId: 's', listId: 'l' };
  return {
    ids: { workspaceId: 'w', object: mapping.object, recordId: RECORD_ID },
    mapping,
    binding: {
      ...list,
      listName: '',
      webUrl: '',
      fields: bound,
      skipped: [],
      pollSeconds: 0,
      metadataVersion: 0,
    },
    fields: mapping.fields,
    policy: { strategyOf: () => strategy, skewMs: 2000, tieWinner: 'twenty', loopLimit: 0, loopWindowMs: 0 },
    lane: 'p0',
    labelOf: () => null,
    mayWrite: () => true,
  };
}

function placeFor(mapping: ObjectMapping): Place {
  const names = ['id', 'deletedAt', ...mapping.fields.map(({ name }) => name)];
  const columns = [...new Set(names)].map((name) => ({ name, type: 'text', nullable: true, options: [] }));
  return { schema: 's', object: { name: mapping.object, table: mapping.object, custom: false, columns } };
}
