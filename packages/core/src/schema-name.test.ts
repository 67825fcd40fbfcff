import fc from 'fast-check';
import { schemaOfWorkspaceId, workspaceIdOfSchema } from './schema-name.ts';

const VECTORS = [
  ['20202020-1c25-4d02-bf25-6aeccf7ea419', 'workspace_1wgvd1injqtife6y4rvfbu3h5'],
  ['3b8e6458-5fc1-4e63-8563-008ccddaa6db', 'workspace_3ixj3i1a5avy16ptijtb3lae3'],
] as const;

describe('the schema name of a workspace', () => {
  it.each(VECTORS)('%s is %s', (id, schema) => {
    expect(schemaOfWorkspaceId(id)).toBe(schema);
    expect(workspaceIdOfSchema(schema)).toBe(id);
  });

  it('comes back for every id, with its leading zeros', () => {
    fc.assert(fc.property(fc.uuid(), (id) => workspaceIdOfSchema(schemaOfWorkspaceId(id)) === id));
    const low = '00000000-0000-4000-8000-000000000001';
    expect(workspaceIdOfSchema(schemaOfWorkspaceId(low))).toBe(low);
  });

  it.each([
    'core',
    'workspace_',
    'workspace_UPPER',
    'workspace_01',
    `workspace_${'z'.repeat(25)}`,
    'xworkspace_1',
  ])('refuses %s', (schema) => expect(workspaceIdOfSchema(schema)).toBeUndefined());

  it('names the id that is not a UUID', () => {
    expect(() => schemaOfWorkspaceId('nonsense')).toThrow('workspace id "nonsense" is not a UUID');
  });
});
