import { all, ensure, input, realServices } from '../testing/real-services.ts';

realServices();

describe('topics of the manifest', () => {
  it('are found as they were made', async () => {
    const found = await ensure();
    expect(found.map((one) => [one.name, one.state])).toEqual(all.map(({ name }) => [name, 'ok']));
  });

  it('are told where they differ from it', async () => {
    const [other] = await ensure({ partitions: { record: 9, tenant: 2 }, topics: [input] });
    expect(other).toMatchObject({
      state: 'mismatch',
      problem: expect.stringContaining('has 4 partitions, not 9'),
    });
  });
});
