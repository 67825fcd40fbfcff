import { baseFields, MEMBER_BASE_OLD } from './base-fields.ts';
import { field, relation } from './model.ts';
import type { FieldSpec, ObjectSpec } from './model.ts';

const record = (fields: readonly FieldSpec[]): readonly FieldSpec[] => [
  ...fields,
  ...baseFields('1.5', 'record'),
];
const plain = (fields: readonly FieldSpec[]): readonly FieldSpec[] => [
  ...fields,
  ...baseFields('1.5', 'plain'),
];

const workspaceMember: ObjectSpec = {
  nameSingular: 'workspaceMember',
  namePlural: 'workspaceMembers',
  system: true,
  search: ['nameFirstName', 'nameLastName', 'userEmail'],
  fields: [
    field('name', 'FULL_NAME'),
    field('colorScheme', 'TEXT', { defaultSql: "'System'" }),
    field('locale', 'TEXT', { defaultSql: "'en'" }),
    field('avatarUrl', 'TEXT'),
    field('userEmail', 'TEXT', { unique: '' }),
    field('calendarStartDay', 'NUMBER', { nullable: false, defaultSql: '7' }),
    field('userId', 'UUID', { nullable: false }),
    field('timeZone', 'TEXT', { defaultSql: "'system'" }),
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
    ...MEMBER_BASE_OLD,
  ],
};

const company: ObjectSpec = {
  nameSingular: 'company',
  namePlural: 'companies',
  search: ['name', 'domainNamePrimaryLinkLabel', 'domainNamePrimaryLinkUrl'],
  fields: record([
    field('name', 'TEXT'),
    field('domainName', 'LINKS', { unique: 'PrimaryLinkUrl' }),
    field('employees', 'NUMBER'),
    field('linkedinLink', 'LINKS'),
    field('xLink', 'LINKS'),
    field('annualRecurringRevenue', 'CURRENCY'),
    field('address', 'ADDRESS'),
    field('idealCustomerProfile', 'BOOLEAN', { nullable: false, defaultSql: 'false' }),
    relation('accountOwner', 'workspaceMember', 'SET NULL', 'accountOwnerForCompanies'),
  ]),
};

const person: ObjectSpec = {
  nameSingular: 'person',
  namePlural: 'people',
  search: ['nameFirstName', 'nameLastName', 'emailsPrimaryEmail', 'jobTitle'],
  fields: record([
    field('name', 'FULL_NAME'),
    field('emails', 'EMAILS', { unique: 'PrimaryEmail' }),
    field('linkedinLink', 'LINKS'),
    field('xLink', 'LINKS'),
    field('jobTitle', 'TEXT'),
    field('phones', 'PHONES'),
    field('city', 'TEXT'),
    field('avatarUrl', 'TEXT'),
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
  ]),
};

const note: ObjectSpec = {
  nameSingular: 'note',
  namePlural: 'notes',
  search: ['title', 'bodyV2Markdown'],
  fields: record([field('title', 'TEXT'), field('bodyV2', 'RICH_TEXT_V2')]),
};

const task: ObjectSpec = {
  nameSingular: 'task',
  namePlural: 'tasks',
  search: ['title', 'bodyV2Markdown'],
  fields: record([
    field('title', 'TEXT'),
    field('bodyV2', 'RICH_TEXT_V2'),
    field('dueAt', 'DATE_TIME'),
    field('status', 'SELECT', { defaultSql: "'TODO'", options: ['TODO', 'IN_PROGRESS', 'DONE'] }),
    relation('assignee', 'workspaceMember', 'SET NULL', 'assignedTasks'),
  ]),
};

function links(name: string, inverse: string, targets: readonly FieldSpec[]): ObjectSpec {
  return {
    nameSingular: name,
    namePlural: inverse,
    system: true,
    fields: plain([
      ...targets,
      relation('company', 'company', 'CASCADE', inverse),
      relation('person', 'person', 'CASCADE', inverse),
    ]),
  };
}

const noteTarget = links('noteTarget', 'noteTargets', [
  relation('note', 'note', 'SET NULL', 'noteTargets'),
  relation('opportunity', 'opportunity', 'CASCADE', 'noteTargets'),
]);

const taskTarget = links('taskTarget', 'taskTargets', [
  relation('task', 'task', 'SET NULL', 'taskTargets'),
  relation('opportunity', 'opportunity', 'CASCADE', 'taskTargets'),
]);

const attachment = links('attachment', 'attachments', [
  field('name', 'TEXT'),
  field('fullPath', 'TEXT'),
  field('type', 'TEXT'),
  relation('author', 'workspaceMember', 'SET NULL', 'authoredAttachments'),
  relation('task', 'task', 'SET NULL', 'attachments'),
  relation('note', 'note', 'SET NULL', 'attachments'),
  relation('opportunity', 'opportunity', 'CASCADE', 'attachments'),
]);

const timelineActivity = links('timelineActivity', 'timelineActivities', [
  field('happensAt', 'DATE_TIME', { nullable: false, defaultSql: 'now()' }),
  field('name', 'TEXT'),
  field('properties', 'RAW_JSON'),
  field('linkedRecordCachedName', 'TEXT'),
  field('linkedRecordId', 'UUID'),
  field('linkedObjectMetadataId', 'UUID'),
  relation('workspaceMember', 'workspaceMember', 'CASCADE', 'timelineActivities'),
  relation('opportunity', 'opportunity', 'SET NULL', 'timelineActivities'),
  relation('note', 'note', 'SET NULL', 'timelineActivities'),
  relation('task', 'task', 'SET NULL', 'timelineActivities'),
]);

const favorite = links('favorite', 'favorites', [
  field('position', 'POSITION', { nullable: false, defaultSql: '0' }),
  field('viewId', 'UUID'),
  relation('forWorkspaceMember', 'workspaceMember', 'CASCADE', 'favorites'),
  relation('opportunity', 'opportunity', 'CASCADE', 'favorites'),
  relation('note', 'note', 'CASCADE', 'favorites'),
  relation('task', 'task', 'CASCADE', 'favorites'),
]);

/** The standard objects of generation 1.5 that the demo has, each after the ones it points to. */
export const OBJECTS_OLD: readonly ObjectSpec[] = [
  workspaceMember,
  company,
  person,
  opportunity,
  note,
  task,
  noteTarget,
  taskTarget,
  attachment,
  timelineActivity,
  favorite,
];
