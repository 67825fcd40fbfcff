import { SyncError, schemas, topics } from '@sync/core';
import avro from 'avsc';
import { Codec } from './codec.ts';
import { longHook } from './safe-long.ts';
import type { SchemaSource } from './schema-source.ts';
import { frame } from './wire-format.ts';

const cursor = { deltaLink: 'https://example.org/x', round: 9007199254740993n, readAt: 7 };

type Field = { name: string; type: unknown; default?: unknown };

/** Version 8 of a schema: one more field at the front, with a default. */
function laterVersion(): avro.Type {
  const schema = JSON.parse(schemas.cursor.text) as { fields: Field[] };
  schema.fields.unshift({ name: 'added', type: 'string', default: '' });
  return avro.Type.forSchema(schema as unknown as avro.Schema, { typeHook: longHook });
}

function source(): SchemaSource & { asked: number } {
  const known = new Map([
    [7, avro.Type.forSchema(JSON.parse(schemas.cursor.text) as avro.Schema, { typeHook: longHook })],
    [8, laterVersion()],
  ]);
  const made = {
    asked: 0,
    idOf: () => Promise.resolve(7),
    writer: async (id: number) => {
      made.asked++;
      const found = known.get(id);
      if (found === undefined) throw new SyncError('SCHEMA_UNKNOWN', `decoding: ${id}`);
      return found;
    },
  };
  return made;
}

async function pinned(): Promise<Codec> {
  const codec = new Codec(source());
  await codec.pin([topics.cursors]);
  return codec;
}

describe('Codec', () => {
  it('writes the Confluent wire format', async () => {
    expect((await pinned()).encode(topics.cursors, cursor)?.subarray(0, 5)).toEqual(
      Buffer.from([0, 0, 0, 0, 7]),
    );
  });

  it('keeps longs exact: numbers where they are safe, bigints beyond', async () => {
    const codec = await pinned();
    expect(await codec.decode(topics.cursors, codec.encode(topics.cursors, cursor))).toEqual(cursor);
  });

  it('reads what a later version wrote, with our schema', async () => {
    const codec = await pinned();
    const body = laterVersion().toBuffer({ ...cursor, added: 'x' });
    expect(await codec.decode(topics.cursors, frame(8, body))).toEqual(cursor);
  });

  it('asks for a schema once, and not at all after that', async () => {
    const schemasOf = source();
    const codec = new Codec(schemasOf);
    await codec.pin([topics.cursors]);
    const bytes = codec.encode(topics.cursors, cursor);
    await Promise.all([codec.decode(topics.cursors, bytes), codec.decode(topics.cursors, bytes)]);
    expect([codec.decode(topics.cursors, bytes), schemasOf.asked]).toEqual([cursor, 1]);
  });

  it.each([
    ['no magic byte', Buffer.from([1, 0, 0, 0, 7, 0])],
    ['too short', Buffer.from([0, 0])],
    ['a body that ends early', frame(7, Buffer.from([40, 1]))],
  ])('calls a record unreadable: %s', async (_, bytes) => {
    const codec = await pinned();
    await expect((async () => codec.decode(topics.cursors, bytes))()).rejects.toMatchObject({
      code: 'RECORD_UNREADABLE',
    });
  });

  it('passes an unknown schema id on, and asks again the next time', async () => {
    const codec = await pinned();
    for (let time = 0; time < 2; time++)
      await expect(
        (async () => codec.decode(topics.cursors, frame(99, Buffer.alloc(3))))(),
      ).rejects.toMatchObject({ code: 'SCHEMA_UNKNOWN' });
  });

  it('leaves tombstones and raw bytes alone', async () => {
    const codec = await pinned();
    const bytes = Buffer.from('{}');
    expect([
      codec.decode(topics.cursors, null),
      codec.decode(topics.raw, bytes),
      codec.encode(topics.raw, bytes),
    ]).toEqual([null, bytes, bytes]);
  });

  it('names the field that does not fit, not its value', async () => {
    const codec = await pinned();
    const act = () => codec.encode(topics.cursors, { ...cursor, deltaLink: 42 });
    expect(act).toThrow('a value for sync.cursors does not fit schema cursor: deltaLink');
  });
});
