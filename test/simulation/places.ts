/** The one workspace of a simulation: its tables, lists and configuration. */
import { bindingKey, listKey, mappingOf, schemaOfWorkspaceId } from '@sync/core';
import type { ListBinding, TwentyMetadata, WorkspaceConfig } from '@sync/core';

export const WORKSPACE = '20202020-1c25-4d02-bf25-6aeccf7ea419';
export const TENANT = '7f0f9a44-5a0f-4b5e-9d3a-2f4d1c9e0b11';
export const SITE =
  'example.sharepoint.com,11111111-1111-4111-8111-111111111111,22222222-2222-4222-8222-222222222222';
export const SCHEMA = schemaOfWorkspaceId(WORKSPACE);
export const GRAPH_URL = 'https://graph.example.com/v1.0';
export const OBJECTS = ['company', 'person'] as const;
export type SimObject = (typeof OBJECTS)[number];

const COLUMNS: Readonly<Record<SimObject, Readonly<Record<string, string>>>> = {
  company: {
    id: 'uuid',
    name: 'text',
    employees: 'float8',
    industry: 'text',
    annualRecurringRevenueAmountMicros: 'numeric',
    annualRecurringRevenueCurrencyCode: 'text',
    idealCustomerProfile: 'bool',
    updatedAt: 'timestamptz',
    deletedAt: 'timestamptz',
  },
  person: {
    id: 'uuid',
    nameFirstName: 'text',
    nameLastName: 'text',
    jobTitle: 'text',
    companyId: 'uuid',
    updatedAt: 'timestamptz',
    deletedAt: 'timestamptz',
  },
};

/** Mapping fields that are bound. */
export const FIELDS: Readonly<Record<SimObject, readonly string[]>> = {
  company: ['identity', 'name', 'employees', 'industry', 'annualRevenue', 'idealCustomerProfile'],
  person: ['identity', 'fullName', 'firstName', 'lastName', 'jobTitle', 'company', 'companyName'],
};

/** Fields that people edit. */
export const EDITED: Readonly<Record<SimObject, readonly string[]>> = {
  company: ['name', 'employees', 'industry', 'annualRevenue', 'idealCustomerProfile'],
  person: ['firstName', 'lastName', 'jobTitle', 'company'],
};

export function columnsOf(object: SimObject): string[] {
  return Object.keys(COLUMNS[object]);
}

export function fieldOf(object: SimObject, name: string) {
  const field = mappingOf(object)?.fields.find((one) => one.name === name);
  if (field === undefined) throw new Error(`${object} has no field ${name}`);
  return field;
}

export function metadata(): TwentyMetadata {
  const objects = OBJECTS.map((name) => ({
    name,
    table: name,
    custom: false,
    columns: Object.entries(COLUMNS[name]).map(([column, type]) => ({
      name: column,
      type,
      nullable: column !== 'id',
      options: [],
    })),
  }));
  return { workspaceId: WORKSPACE, schema: SCHEMA, displayName: 'Example', metadataVersion: 1, objects };
}

export function binding(object: SimObject): ListBinding {
  return {
    workspaceId: WORKSPACE,
    object,
    tenantId: TENANT,
    siteId: SITE,
    listId: `list-${object}`,
    listName: object,
    webUrl: `https://example.sharepoint.com/${object}`,
    fields: FIELDS[object],
    skipped: [],
    pollSeconds: 8,
    metadataVersion: 1,
  };
}

export const bindingKeyOf = (object: SimObject): string => bindingKey({ workspaceId: WORKSPACE, object });
export const listKeyOf = (object: SimObject): string => listKey(binding(object));

export function config(strategy: string): WorkspaceConfig {
  return {
    workspaceId: WORKSPACE,
    enabled: true,
    tenantId: TENANT,
    clientId: 'client',
    credential: 'NONE',
    siteHost: 'example.sharepoint.com',
    sitePath: '/sites/example',
    listPrefix: '',
    objects: OBJECTS.map((name) => ({
      name,
      list: name,
      lane: name === 'company' ? 'p0' : 'p1',
      strategy,
      fieldStrategies: {},
      pollSeconds: 8,
      // Users here are busier than the breakers take for sane.
      massDeleteLimit: 1_000_000,
      massOverwriteLimit: 1_000_000,
      adopt: false,
    })),
    skewMs: 2000,
    tieWinner: 'twenty',
    massWindowMs: 300_000,
    loopLimit: 0,
    loopWindowMs: 600_000,
  };
}
