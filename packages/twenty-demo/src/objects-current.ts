import { baseFields } from './base-fields.ts';
import { field, morph, relation } from './model.ts';
import type { FieldSpec, ObjectSpec } from './model.ts';

const record = (fields: readonly FieldSpec[]): readonly FieldSpec[] => [
  ...baseFields('2.19', 'record'),
  ...fields,
];

const workspaceMember: ObjectSpec = {
  nameSingular: 'workspaceMember',
  namePlural: 'workspaceMembers',
  system: true,
  search: ['nameFirstName', 'nameLastName', 'userEmail'],
  fields: record([
    field('name', 'FULL_NAME'),
    field('colorScheme', 'TEXT', { nullable: false, defaultSql: "'System'" }),
    field('locale', 'TEXT', { nullable: false, defaultSql: "'en'" }),
    field('avatarUrl', 'TEXT'),
    field('userEmail', 'TEXT', { unique: '' }),
    field('jobTitle', 'TEXT'),
    field('calendarStartDay', 'NUMBER', { nullable: false, defaultSql: '7' }),
    field('userId', 'UUID', { nullable: false }),
    field('timeZone', 'TEXT', { nullable: false, defaultSql: "'system'" }),
    field('dateFormat', 'SELECT', {
      nullable: false,
      defaultSql: "'SYSTEM'",
      options: ['SYSTEM', 'MONTH_FIRST', 'DAY_FIRST', 'YEAR_FIRST'],
    }),
    field('timeFormat', 'SELECT', {
      nullable: false,
      defaultSql: "'SYSTEM'",
      options: ['SYSTEM', 'HOUR_24', 'HOUR_12'],
    }),
    field('numberFormat', 'SELECT', {
      nullable: false,
      defaultSql: "'SYSTEM'",
      options: ['SYSTEM', 'COMMAS_AND_DOT', 'SPACES_AND_COMMA', 'DOTS_AND_COMMA', 'APOSTROPHE_AND_DOT'],
    }),
  ]),
};

const company: ObjectSpec = {
  nameSingular: 'company',
  namePlural: 'companies',
  search: ['name', 'domainNamePrimaryLinkLabel', 'domainNamePrimaryLinkUrl'],
  fields: record([
    field('name', 'TEXT'),
    field('domainName', 'LINKS', { unique: 'PrimaryLinkUrl' }),
    field('address', 'ADDRESS'),
    field('linkedinLink', 'LINKS'),
    field('annualRevenue', 'CURRENCY'),
    relation('accountOwner', 'workspaceMember', 'SET NULL', 'accountOwnerForCompanies'),
    // Standard until 2.10; a workspace that was upgraded, or seeded, still has it as a custom field.
    field('employees', 'NUMBER', { custom: true }),
  ]),
};

const person: ObjectSpec = {
  nameSingular: 'person',
  namePlural: 'people',
  search: ['nameFirstName', 'nameLastName', 'emailsPrimaryEmail', 'phonesPrimaryPhoneNumber', 'jobTitle'],
  fields: record([
    field('name', 'FULL_NAME'),
    field('emails', 'EMAILS', { unique: 'PrimaryEmail' }),
    field('linkedinLink', 'LINKS'),
    field('jobTitle', 'TEXT'),
    field('phones', 'PHONES'),
    field('avatarUrl', 'TEXT'),
    field('avatarFile', 'FILES'),
    relation('company', 'company', 'SET NULL', 'people'),
  ]),
};

const opportunity: ObjectSpec = {
  nameSingular: 'opportunity',
  namePlural: 'opportunities',
  search: ['name'],
  fields: record([
    field('name', 'TEXT'),
    field('amount', 'CURRENCY'),
    field('closeDate', 'DATE_TIME'),
    field('stage', 'SELECT', {
      nullable: false,
      defaultSql: "'NEW'",
      options: ['NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER'],
    }),
    relation('company', 'company', 'SET NULL', 'opportunities'),
    relation('pointOfContact', 'person', 'SET NULL', 'pointOfContactForOpportunities'),
    relation('owner', 'workspaceMember', 'SET NULL', 'ownedOpportunities'),
  ]),
};

const note: ObjectSpec = {
  nameSingular: 'note',
  namePlural: 'notes',
  search: ['title', 'bodyV2Markdown'],
  fields: record([field('title', 'TEXT'), field('bodyV2', 'RICH_TEXT')]),
};

const task: ObjectSpec = {
  nameSingular: 'task',
  namePlural: 'tasks',
  search: ['title', 'bodyV2Markdown'],
  fields: record([
    field('title', 'TEXT'),
    field('bodyV2', 'RICH_TEXT'),
    field('dueAt', 'DATE_TIME'),
    field('status', 'SELECT', { defaultSql: "'TODO'", options: ['TODO', 'IN_PROGRESS', 'DONE'] }),
    relation('assignee', 'workspaceMember', 'SET NULL', 'assignedTasks'),
  ]),
};

function target(owner: string, inverse: string): ObjectSpec {
  const name = `${owner}Target`;
  return {
    nameSingular: name,
    namePlural: `${name}s`,
    system: true,
    search: ['id'],
    fields: record([
      relation(owner, owner, 'CASCADE', inverse),
      morph('targetCompany', 'company', 'CASCADE', `${name}s`),
      morph('targetPerson', 'person', 'CASCADE', `${name}s`),
      morph('targetOpportunity', 'opportunity', 'CASCADE', `${name}s`),
    ]),
  };
}

const attachment: ObjectSpec = {
  nameSingular: 'attachment',
  namePlural: 'attachments',
  system: true,
  search: ['name'],
  fields: record([
    field('name', 'TEXT'),
    field('file', 'FILES'),
    field('fullPath', 'TEXT'),
    field('fileCategory', 'SELECT', {
      nullable: false,
      defaultSql: "'OTHER'",
      options: [
        'ARCHIVE',
        'AUDIO',
        'IMAGE',
        'PRESENTATION',
        'SPREADSHEET',
        'TEXT_DOCUMENT',
        'VIDEO',
        'OTHER',
      ],
    }),
    morph('targetTask', 'task', 'SET NULL', 'attachments'),
    morph('targetNote', 'note', 'SET NULL', 'attachments'),
    morph('targetPerson', 'person', 'CASCADE', 'attachments'),
    morph('targetCompany', 'company', 'CASCADE', 'attachments'),
    morph('targetOpportunity', 'opportunity', 'CASCADE', 'attachments'),
  ]),
};

const timelineActivity: ObjectSpec = {
  nameSingular: 'timelineActivity',
  namePlural: 'timelineActivities',
  system: true,
  search: ['name'],
  fields: record([
    field('happensAt', 'DATE_TIME', { nullable: false, defaultSql: 'now()' }),
    field('name', 'TEXT'),
    field('properties', 'RAW_JSON'),
    field('linkedRecordCachedName', 'TEXT'),
    field('linkedRecordId', 'UUID'),
    field('linkedObjectMetadataId', 'UUID'),
    relation('workspaceMember', 'workspaceMember', 'CASCADE', 'timelineActivities'),
    morph('targetCompany', 'company', 'CASCADE', 'timelineActivities'),
    morph('targetPerson', 'person', 'CASCADE', 'timelineActivities'),
    morph('targetOpportunity', 'opportunity', 'SET NULL', 'timelineActivities'),
    morph('targetNote', 'note', 'SET NULL', 'timelineActivities'),
    morph('targetTask', 'task', 'SET NULL', 'timelineActivities'),
  ]),
};

/** The standard objects of generation 2.19 that the demo has, each after the ones it points to. */
export const OBJECTS_CURRENT: readonly ObjectSpec[] = [
  workspaceMember,
  company,
  person,
  opportunity,
  note,
  task,
  target('note', 'noteTargets'),
  target('task', 'taskTargets'),
  attachment,
  timelineActivity,
];
