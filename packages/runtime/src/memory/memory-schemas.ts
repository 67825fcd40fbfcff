import { SyncError, schemas } from '@sync/core';
import avro from 'avsc';
import { longHook } from '../avro/safe-long.ts';
import type { SchemaSource } from '../avro/schema-source.ts';

/** A registry in memory that knows all our schemas; the id is the place in the list. `learn` adds one under any id. */
export function memorySchemas(): SchemaSource & { learn(id: number, text: string): void } {
  const texts: string[] = Object.values(schemas).map((one) => one.text);
  const byId = new Map(texts.map((text, index) => [index + 1, text]));
  return {
    idOf: (_subject, schema) => Promise.resolve(texts.indexOf(schema) + 1),
    writer: async (id) => {
      const text = await Promise.resolve(byId.get(id));
      if (text === undefined)
        throw new SyncError('SCHEMA_UNKNOWN', `decoding: the registry does not know schema id ${id}`);
      // Our own generated text; avsc checks it.
      return avro.Type.forSchema(JSON.parse(text) as avro.Schema, { typeHook: longHook });
    },
    learn: (id, text) => void byId.set(id, text),
  };
}
