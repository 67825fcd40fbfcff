/** Access to schemas by id and by content; the registry in production, a map in tests. */
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { SyncError } from '@sync/core';
import type { Type } from 'avsc';
import { longHook } from './safe-long.ts';

export interface SchemaSource {
  /** The schema with this id. Throws SCHEMA_UNKNOWN or REGISTRY_UNAVAILABLE. */
  writer(id: number): Promise<Type>;
  /** The id under which exactly this schema is registered for the subject. Throws SCHEMA_MISSING or REGISTRY_UNAVAILABLE. */
  idOf(subject: string, schema: string): Promise<number>;
}

/** The schema registry at the root of its Confluent API. */
export function registrySource(registryUrl: string): SchemaSource {
  const registry = new SchemaRegistry(
    { host: registryUrl, retry: { retries: 1, initialRetryTimeInSecs: 0.1, maxRetryTimeInSecs: 1 } },
    { [SchemaType.AVRO]: { typeHook: longHook } },
  );
  return {
    writer: async (id) => {
      const schema = await asking(registry.getSchema(id), () => unknownId(id));
      return schema as Type;
    },
    idOf: (subject, schema) =>
      asking(registry.getRegistryIdBySchema(subject, { type: SchemaType.AVRO, schema }), () =>
        missing(subject),
      ),
  };
}

function unknownId(id: number): SyncError {
  return new SyncError('SCHEMA_UNKNOWN', `decoding: the registry does not know schema id ${id}`, {
    detail: { id },
  });
}

function missing(subject: string): SyncError {
  return new SyncError(
    'SCHEMA_MISSING',
    `starting: our schema of ${subject} is not registered; run \`npm run sync -- schemas\``,
    {
      detail: { subject },
    },
  );
}

async function asking<T>(answer: Promise<T>, notFound: () => SyncError): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (isNotFound(cause)) throw notFound();
    throw new SyncError('REGISTRY_UNAVAILABLE', 'asking the schema registry: no usable answer', { cause });
  }
}

/** The client library drops the status of a 404 where it looks a schema up by its content, and only there uses this error. */
function isNotFound(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'ConfluentSchemaRegistryError' || ('status' in error && error.status === 404);
}
