/** Turns values into bytes of their topic's schema and back. Reads with our own schema, whatever version wrote. */
import { SyncError, schemas, type SchemaName, type Topic } from '@sync/core';
import avro from 'avsc';
import { longHook } from './safe-long.ts';
import type { SchemaSource } from './schema-source.ts';
import { frame, unframe } from './wire-format.ts';

type Decode = (body: Buffer) => unknown;

/** Subject of a topic's values in the registry. */
export function subjectOf(topic: Topic): string {
  return `${topic.name}-value`;
}

/** Our compiled schema of a topic's values, as registered; null for raw topics. */
export function schemaOf(topic: Topic): string | null {
  return topic.schema === 'raw' ? null : schemas[topic.schema].text;
}

export class Codec {
  readonly #source: SchemaSource;
  readonly #types = new Map<SchemaName, avro.Type>();
  readonly #decoders = new Map<string, Promise<Decode>>();
  readonly #ready = new Map<string, Decode>();
  readonly #ids = new Map<string, number>();

  constructor(source: SchemaSource) {
    this.#source = source;
  }

  /** Looks up the ids of the schemas that these topics are written with. Throws SCHEMA_MISSING. */
  async pin(topics: readonly Topic[]): Promise<void> {
    for (const topic of topics) {
      const schema = schemaOf(topic);
      if (schema !== null) this.#ids.set(topic.name, await this.#source.idOf(subjectOf(topic), schema));
    }
  }

  /** Bytes of a value; null stays null, the values of raw topics are bytes already. A value of another type is a bug and throws. */
  encode(topic: Topic, value: unknown): Buffer | null {
    if (value === null) return null;
    if (topic.schema === 'raw') return asBytes(topic, value);
    const id = this.#ids.get(topic.name);
    if (id === undefined) throw new Error(`encoding: no schema id was pinned for ${topic.name}`);
    return frame(id, this.#encodeBody(topic.name, topic.schema, value));
  }

  /**
   * The value in these bytes; a promise only when the writer's schema must be fetched first.
   * Throws RECORD_UNREADABLE, SCHEMA_UNKNOWN or REGISTRY_UNAVAILABLE.
   */
  decode(topic: Topic, bytes: Buffer | null): unknown {
    if (bytes === null || topic.schema === 'raw') return bytes;
    const { schemaId, body } = unframe(bytes);
    const schema = topic.schema;
    const ready = this.#ready.get(`${schema}|${schemaId}`);
    return ready === undefined ? this.#decoder(schema, schemaId).then((decode) => decode(body)) : ready(body);
  }

  #encodeBody(topic: string, schema: SchemaName, value: unknown): Buffer {
    try {
      return this.#type(schema).toBuffer(value);
    } catch (cause) {
      throw new Error(
        `encoding: a value for ${topic} does not fit schema ${schema}${misfit(this.#type(schema), value)}`,
        { cause },
      );
    }
  }

  #type(schema: SchemaName): avro.Type {
    const known = this.#types.get(schema);
    if (known !== undefined) return known;
    const made = avro.Type.forSchema(parseSchema(schemas[schema].text), { typeHook: longHook });
    this.#types.set(schema, made);
    return made;
  }

  /** One look-up at a time per id; a failed one is forgotten. */
  #decoder(schema: SchemaName, schemaId: number): Promise<Decode> {
    const key = `${schema}|${schemaId}`;
    const known = this.#decoders.get(key);
    if (known !== undefined) return known;
    const made = this.#makeDecoder(schema, schemaId);
    this.#decoders.set(key, made);
    made.then(
      (decode) => this.#ready.set(key, decode),
      () => this.#decoders.delete(key),
    );
    return made;
  }

  async #makeDecoder(schema: SchemaName, schemaId: number): Promise<Decode> {
    const reader = this.#type(schema);
    const writer = await this.#source.writer(schemaId);
    const resolver = resolverOf(reader, writer, schemaId);
    return (body) => readBody(reader, body, resolver, schemaId);
  }
}

function resolverOf(reader: avro.Type, writer: avro.Type, schemaId: number): avro.Resolver {
  try {
    return reader.createResolver(writer);
  } catch (cause) {
    throw new SyncError(
      'RECORD_UNREADABLE',
      `decoding: schema id ${schemaId} is none that ${reader.name ?? 'ours'} can read`,
      {
        cause,
        detail: { schemaId },
      },
    );
  }
}

function readBody(reader: avro.Type, body: Buffer, resolver: avro.Resolver, schemaId: number): unknown {
  try {
    return reader.fromBuffer(body, resolver);
  } catch (cause) {
    throw new SyncError('RECORD_UNREADABLE', `decoding: the bytes do not fit schema id ${schemaId}`, {
      cause,
      detail: { schemaId },
    });
  }
}

/** Names the fields that do not fit; never their values. */
function misfit(type: avro.Type, value: unknown): string {
  const paths: string[] = [];
  type.isValid(value, { errorHook: (path) => paths.push(path.join('.')) });
  return paths.length === 0 ? '' : `: ${paths.join(', ')}`;
}

function asBytes(topic: Topic, value: unknown): Buffer {
  if (!Buffer.isBuffer(value))
    throw new Error(`encoding: a value for the raw topic ${topic.name} is no Buffer`);
  return value;
}

// The generated text of our own schemas; avsc checks it.
function parseSchema(text: string): avro.Schema {
  return JSON.parse(text) as avro.Schema;
}
