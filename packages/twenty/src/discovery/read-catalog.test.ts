import type { RawCatalog, RawColumn } from './raw-catalog.ts';
import { readCatalog } from './read-catalog.ts';

const ID = '20202020-1c25-4d02-bf25-6aeccf7ea419';
const SCHEMA = 'workspace_1wgvd1injqtife6y4rvfbu3h5';

function column(table: string, name: string, schema = SCHEMA): RawColumn {
  const flags = { nullable: true, generated: false, hasDefault: false, isArray: false, enumValues: null };
  return { schema, table, name, type: 'text', baseType: 'text', ...flags };
}

const RAW: RawCatalog = {
  workspaces: [
    { id: ID, activationStatus: 'ACTIVE', metadataVersion: 7, deletedAt: null, databaseSchema: '' },
  ],
  dataSources: [],
  applications: [{ id: 'a1', universalIdentifier: '20202020-64aa-4b6f-b003-9c74b97cee20' }],
  objects: [
    { id: 'o1', workspaceId: ID, nameSingular: 'company', namePlural: 'companies', isActive: true },
    { id: 'o2', workspaceId: ID, nameSingular: 'gadget', namePlural: 'gadgets', isActive: false },
    { id: 'o3', workspaceId: ID, nameSingular: 'ghost', namePlural: 'ghosts', isActive: true },
  ],
  fields: [
    {
      id: 'f1',
      objectMetadataId: 'o1',
      name: 'domainName',
      type: 'LINKS',
      isActive: true,
      applicationId: 'a1',
    },
    {
      id: 'f2',
      objectMetadataId: 'o2',
      name: 'maker',
      applicationId: 'a2',
      type: 'RELATION',
      settings: { joinColumnName: 'makerId' },
      relationTargetObjectMetadataId: 'o1',
    },
    {
      id: 'f3',
      objectMetadataId: 'o2',
      name: 'color',
      type: 'SELECT',
      options: [
        { value: 'B', label: 'Blue', position: 1 },
        { value: 'R', label: 'Red', position: 0 },
      ],
    },
  ],
  columns: [
    column('company', 'domainNamePrimaryLinkUrl'),
    column('_gadget', 'makerId'),
    column('_gadget', 'color'),
    column('company', 'elsewhere', 'workspace_other'),
  ],
};

const [workspace] = readCatalog(RAW);
const [company, gadget, ghost] = workspace?.objects ?? [];

describe('a catalog', () => {
  it('finds the schema by the id, by the data source, or by its own column', () => {
    expect(workspace?.schema).toBe(SCHEMA);
    const dataSources = [{ workspaceId: ID, schema: 'workspace_a' }];
    expect(readCatalog({ ...RAW, dataSources })[0]?.schema).toBe('workspace_a');
    const workspaces = [{ ...RAW.workspaces[0], databaseSchema: 'workspace_b' }];
    expect(readCatalog({ ...RAW, dataSources, workspaces })[0]?.schema).toBe('workspace_b');
  });

  it('tells custom objects by their table, and says when there is none', () => {
    expect([company?.table, company?.custom]).toEqual(['company', false]);
    expect([gadget?.table, gadget?.custom, gadget?.active]).toEqual(['_gadget', true, false]);
    expect([ghost?.table, ghost?.columns]).toEqual([null, []]);
  });

  it('lists only columns that are really there', () => {
    expect(company?.fields[0]?.columns).toEqual(['domainNamePrimaryLinkUrl']);
    expect(company?.columns.map(({ name }) => name)).toEqual(['domainNamePrimaryLinkUrl']);
  });

  it('knows relations and options', () => {
    expect(gadget?.fields[0]).toMatchObject({ columns: ['makerId'], relationTarget: 'company' });
    expect(gadget?.fields[1]?.options?.map(({ value }) => value)).toEqual(['R', 'B']);
  });

  it('tells custom fields by their flag or by their owner', () => {
    expect([company?.fields[0]?.custom, gadget?.fields[0]?.custom]).toEqual([false, true]);
    const fields = [{ ...RAW.fields[0], applicationId: null, isCustom: true }];
    expect(readCatalog({ ...RAW, fields })[0]?.objects[0]?.fields[0]?.custom).toBe(true);
  });

  it('has nothing to say about an empty database', () => {
    expect(
      readCatalog({
        ...{ workspaces: [], dataSources: [], applications: [], objects: [], fields: [], columns: [] },
      }),
    ).toEqual([]);
  });
});
