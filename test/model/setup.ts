/** What is fixed while a scope is explored: the mapping, the policy, and where the record lives. */
import { IDENTITY_COLUMN, NO_VERSION } from '@sync/core';
import type { MappingField, ObjectMapping, RowValue } from '@sync/core';
import type { MassKind } from '../../services/conflict-detector/src/brain/breaker.ts';
import type { Strategy } from '../../services/conflict-detector/src/brain/policy.ts';
import type { Situation } from '../../services/conflict-detector/src/situation.ts';
import type { Place } from '../../services/twenty-writer/src/job.ts';
import type { World } from './world.ts';

/** The record of the model: a UUID, because the delta reader believes nothing else. */
export const RECORD_ID = '00000000-0000-4000-8000-000000000001';

export interface Setup {
  readonly situation: Situation;
  readonly place: Place;
  /** Fields that people edit; the mapping has all of them. */
  readonly edited: readonly string[];
  /** Field whose value has two parts, which are edited one by one. */
  readonly parted: string | null;
  /** Values people choose from; null when each edit has a value of its own, so that it can be followed. */
  readonly vocabulary: readonly string[] | null;
}

export interface SetupChoice {
  readonly strategy?: Strategy;
  readonly edited?: readonly string[];
  readonly vocabulary?: readonly string[];
  /** True for a mapping that shows the record id in the identity column, as the shipped ones do. */
  readonly withIdentity?: boolean;
  /** True when f has two parts. */
  readonly withParts?: boolean;
  /** True when a column shows the name of another record. */
  readonly withLabel?: boolean;
  /** The breaker that has tripped, and stays so. */
  readonly tripped?: MassKind;
  readonly loopLimit?: number;
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

/** The column that shows the name of the other record, and the reference that says which. */
export const SHOWN = 'shown';
const REFERENCE = field('reference');
const LABEL: MappingField = {
  ...field(SHOWN),
  derived: { from: 'label', object: 'company', reference: REFERENCE.name },
};

/** Fields that SharePoint shows and only Twenty decides. */
export const READ_ONLY: readonly string[] = [IDENTITY.name, SHOWN];

export function setupOf(choice: SetupChoice): Setup {
  const edited = choice.edited ?? ['f', 'g'];
  const parted = choice.withParts === true ? 'f' : null;
  const own = edited.filter((name) => !READ_ONLY.includes(name));
  const fields = own.map((name): MappingField => ({
    ...field(name),
    ...(name === parted ? { hasParts: true } : {}),
  }));
  if (choice.withIdentity === true) fields.push(IDENTITY);
  if (choice.withLabel === true) fields.push(REFERENCE, LABEL);
  const mapping: ObjectMapping = { object: 'company', fields, label: [] };
  return {
    situation: situationFor(mapping, choice),
    place: placeFor(mapping),
    edited,
    parted,
    vocabulary: choice.vocabulary ?? null,
  };
}

/** What the brain is asked in: the labels are those it knows by now. */
export function situationIn({ other }: World, { situation }: Setup): Situation {
  return other === null
    ? situation
    : { ...situation, labelOf: () => other.known ?? { label: null, version: NO_VERSION } };
}

function situationFor(mapping: ObjectMapping, choice: SetupChoice): Situation {
  const strategy = choice.strategy ?? 'lastWriteWins';
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
    policy: {
      strategyOf: () => strategy,
      skewMs: 2000,
      tieWinner: 'twenty',
      loopLimit: choice.loopLimit ?? 0,
      loopWindowMs: 0,
    },
    lane: 'p0',
    labelOf: () => null,
    mayWrite: (_, kind) => kind !== choice.tripped,
  };
}

function placeFor(mapping: ObjectMapping): Place {
  const names = ['id', 'deletedAt', ...mapping.fields.map(({ name }) => name)];
  const columns = [...new Set(names)].map((name) => ({ name, type: 'text', nullable: true, options: [] }));
  return { schema: 's', object: { name: mapping.object, table: mapping.object, custom: false, columns } };
}
