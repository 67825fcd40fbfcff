import { all, input, realServices, registryUrl } from '../testing/real-services.ts';
import { registerSchemas } from './register-schemas.ts';
import { registrySource } from './schema-source.ts';

realServices();

describe('on a real registry', () => {
  it('schemas are registered once', async () => {
    const states = (await registerSchemas(registryUrl(), all)).map((one) => one.state);
    expect(states).toEqual(['ok', 'ok', 'ok']);
  });

  it('full compatibility is demanded', async () => {
    const answer = await fetch(`${registryUrl()}/config/${input.name}-value`);
    expect(await answer.json()).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
  });

  it.each([`${input.name}-value`, 'none-value'])(
    'a schema that is not registered for %s is missing',
    async (subject) => {
      const other = JSON.stringify({ type: 'record', name: 'Other', fields: [] });
      await expect(registrySource(registryUrl()).idOf(subject, other)).rejects.toMatchObject({
        code: 'SCHEMA_MISSING',
      });
    },
  );

  it('a schema id that nobody knows is unknown, and a registry that is away unavailable', async () => {
    await expect(registrySource(registryUrl()).writer(2_000_000_000)).rejects.toMatchObject({
      code: 'SCHEMA_UNKNOWN',
    });
    await expect(registrySource('http://127.0.0.1:9').writer(1)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
    });
  });
});
