import type { Generation } from './generation.ts';
import { field } from './model.ts';
import type { FieldSpec } from './model.ts';

const ACTOR_SOURCES = ['EMAIL', 'CALENDAR', 'WORKFLOW', 'API', 'IMPORT', 'MANUAL', 'SYSTEM', 'WEBHOOK'];
const ACTOR_SOURCES_NOW = [
  'EMAIL',
  'CALENDAR',
  'WORKFLOW',
  'AGENT',
  'API',
  'IMPORT',
  'MANUAL',
  'SYSTEM',
  'WEBHOOK',
  'APPLICATION',
];

const IDENTITY: readonly FieldSpec[] = [
  field('id', 'UUID', { nullable: false, defaultSql: 'public.uuid_generate_v4()', system: true }),
  field('createdAt', 'DATE_TIME', { nullable: false, defaultSql: 'now()' }),
  field('updatedAt', 'DATE_TIME', { nullable: false, defaultSql: 'now()' }),
  field('deletedAt', 'DATE_TIME'),
];

const POSITION = field('position', 'POSITION', { nullable: false, defaultSql: '0', system: true });

function actor(name: string, options: readonly string[], defaultName: string | undefined): FieldSpec {
  const named = { nullable: false, options, system: true };
  return field(name, 'ACTOR', defaultName === undefined ? named : { ...named, defaultSql: defaultName });
}

/** The fields that come before an object's own ones; `plain` = a link table of generation 1.5, ids and times only. */
export function baseFields(
  generation: Generation,
  kind: 'record' | 'custom' | 'plain',
): readonly FieldSpec[] {
  if (generation === '1.5') {
    if (kind === 'plain') return IDENTITY;
    const name = kind === 'custom' ? "''" : "'System'";
    return [...IDENTITY, POSITION, actor('createdBy', ACTOR_SOURCES, name)];
  }
  // Seen in 2.19: objects made at run time have both names NOT NULL and without a default.
  const name = kind === 'custom' ? undefined : "'System'";
  return [
    ...IDENTITY,
    POSITION,
    actor('createdBy', ACTOR_SOURCES_NOW, name),
    actor('updatedBy', ACTOR_SOURCES_NOW, name),
  ];
}

/** Identity and position without an author, as the member table of generation 1.5 has it. */
export const MEMBER_BASE_OLD: readonly FieldSpec[] = [...IDENTITY, POSITION];
