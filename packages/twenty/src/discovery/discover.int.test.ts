import {
  addCustomField,
  addCustomObject,
  createDemoDatabase,
  DEMO_WORKSPACES,
  field,
  startThrowawayPostgres,
} from '@sync/twenty-demo';
import type { ThrowawayPostgres } from '@sync/twenty-demo';
import { Client } from 'pg';
import { schemaOfWorkspaceId } from '@sync/core';
import { discover, openMetadataReader } from './discover.ts';

const [CURRENT, OLD] = DEMO_WORKSPACES.map(({ id }) => id);
let server: ThrowawayPostgres;
let client: Client;

beforeAll(async () => {
  server = await startThrowawayPostgres(16);
  client = new Client({ connectionString: server.url() });
  await client.connect();
  await createDemoDatabase(client);
});

afterAll(async () => {
  await client.end();
  await server.stop();
});

async function objectOf(workspaceId: string | undefined, name: string) {
  const workspace = (await discover(client)).find(({ id }) => id === workspaceId);
  return workspace?.objects.find(({ nameSingular }) => nameSingular === name);
}

async function fieldOf(workspaceId: string | undefined, object: string, name: string) {
  return (await objectOf(workspaceId, object))?.fields.find((one) => one.name === name);
}

describe('discovery on both generations', () => {
  it('finds the workspaces and their schemas', async () => {
    const found = await discover(client);
    expect(found.map(({ schema }) => schema).sort()).toEqual(
      [CURRENT, OLD].map((id) => schemaOfWorkspaceId(id ?? '')).sort(),
    );
    expect(found.every(({ activationStatus }) => activationStatus === 'ACTIVE')).toBe(true);
  });

  it.each([
    [CURRENT, 'annualRevenue', ['annualRevenueAmountMicros', 'annualRevenueCurrencyCode']],
    [
      OLD,
      'annualRecurringRevenue',
      ['annualRecurringRevenueAmountMicros', 'annualRecurringRevenueCurrencyCode'],
    ],
    [OLD, 'accountOwner', ['accountOwnerId']],
  ])('%s: company.%s is %j', async (workspaceId, name, columns) => {
    expect((await fieldOf(workspaceId, 'company', name))?.columns).toEqual(columns);
  });

  it('leaves no field that should have columns without them', async () => {
    for (const workspace of await discover(client)) {
      const bare = workspace.objects.flatMap((object) =>
        object.fields.filter(({ columns, type }) => columns.length === 0 && type !== 'RELATION'),
      );
      expect(bare).toEqual([]);
    }
  });

  it('says which columns accept NULL, which are generated, and what an enum may hold', async () => {
    const name = async (id?: string) =>
      (await objectOf(id, 'company'))?.columns.find((one) => one.name === 'name');
    expect((await name(CURRENT))?.nullable).toBe(true);
    expect((await name(OLD))?.nullable).toBe(false);
    const opportunity = await objectOf(CURRENT, 'opportunity');
    const stage = opportunity?.columns.find((one) => one.name === 'stage');
    expect(stage?.enumValues).toEqual(['NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER']);
    expect(opportunity?.columns.filter(({ generated }) => generated).map((one) => one.name)).toEqual([
      'searchVector',
    ]);
    expect(opportunity?.labelField).toBe('name');
  });

  it('sees custom objects and fields, and that the metadata moved', async () => {
    const reader = openMetadataReader({ url: server.url() });
    const before = await reader.metadataVersions();
    await addCustomObject(client, { workspaceId: CURRENT ?? '', nameSingular: 'gadget' });
    const tags = field('tags', 'MULTI_SELECT', { options: ['A', 'B'] });
    await addCustomField(client, { workspaceId: CURRENT ?? '', object: 'gadget', field: tags });
    const gadget = await objectOf(CURRENT, 'gadget');
    expect([gadget?.table, gadget?.custom]).toEqual(['_gadget', true]);
    const column = gadget?.columns.find(({ name }) => name === 'tags');
    expect([column?.isArray, column?.enumValues]).toEqual([true, ['A', 'B']]);
    const after = await reader.metadataVersions();
    await reader.close();
    expect(after.get(CURRENT ?? '')).toBe((before.get(CURRENT ?? '') ?? 0) + 2);
    expect(after.get(OLD ?? '')).toBe(before.get(OLD ?? ''));
  });

  it('calls a database that is not there unavailable', async () => {
    const reader = openMetadataReader({ url: 'postgres://a:b@127.0.0.1:1/none' });
    await expect(reader.discover()).rejects.toMatchObject({ name: 'TwentyUnavailable', code: 'connection' });
    await reader.close();
  });
});
