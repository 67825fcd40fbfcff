/** Every value arrives exactly as PostgreSQL holds it. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { TwentyChange } from '@sync/core';
import { addCustomField, addCustomObject, field } from '@sync/twenty-demo';
import { watchChanges } from '../support/changes.ts';
import type { ChangeWatch } from '../support/changes.ts';
import { insertText, openTwentyDb } from '../support/twenty-db.ts';
import type { TwentyDb } from '../support/twenty-db.ts';

const FIELDS = [
  field('colour', 'TEXT', { defaultSql: "'grey'" }),
  field('score', 'NUMBER', { defaultSql: '7' }),
  field('price', 'CURRENCY'),
  field('tags', 'ARRAY'),
  field('facts', 'RAW_JSON'),
  field('seenAt', 'DATE_TIME'),
  field('born', 'DATE'),
  field('mood', 'SELECT', { options: ['CALM', 'WILD'], defaultSql: "'CALM'" }),
  field('skills', 'MULTI_SELECT', { options: ['SWIM', 'FLY', 'DIG'] }),
  field('tame', 'BOOLEAN', { defaultSql: 'true' }),
  field('story', 'TEXT'),
];

let db: TwentyDb;
let watch: ChangeWatch;
let table: string;
let workspaceId: string;

beforeAll(async () => {
  [db, watch] = await Promise.all([openTwentyDb(), watchChanges('custom')]);
  const place = await db.addEmptyWorkspace();
  workspaceId = place.workspaceId;
  const name = await addCustomObject(db.client, { workspaceId, nameSingular: 'animal' });
  table = `${place.schema}."${name}"`;
  for (const spec of FIELDS) await addCustomField(db.client, { workspaceId, object: 'animal', field: spec });
}, 60_000);

afterAll(async () => {
  await Promise.all([db.close(), watch.close()]);
});

const keyOf = (id: string): string => `${workspaceId}|animal|${id}`;

async function insert(values: Readonly<Record<string, unknown>>): Promise<string> {
  const id = randomUUID();
  await db.sql(...insertText(table, { id, createdByName: 'Test', updatedByName: 'Test', ...values }));
  return id;
}

function arrival(id: string, op: TwentyChange['op']): Promise<TwentyChange> {
  return watch.change(keyOf(id), op, (change) => change.op === op);
}

test('NULL in a column with a DEFAULT arrives as NULL, at the insert and at the update', async () => {
  const nothing = { colour: null, score: null, mood: null, tame: null };
  const born = await insert(nothing);
  expect((await arrival(born, 'create')).fields).toMatchObject(nothing);

  const cleared = await insert({});
  const defaults = { colour: 'grey', score: 7, mood: 'CALM', tame: true };
  expect((await arrival(cleared, 'create')).fields).toMatchObject(defaults);
  await db.sql(`UPDATE ${table} SET colour = NULL, score = NULL, mood = NULL, tame = NULL WHERE id = $1`, [
    cleared,
  ]);
  const update = await arrival(cleared, 'update');
  expect(update.fields).toMatchObject(nothing);
  expect([...(update.changed ?? [])].sort()).toEqual(['colour', 'mood', 'score', 'tame']);
});

test.each([
  ['money beyond 2^53', { priceAmountMicros: '9007199254740993000001' }, '9007199254740993000001'],
  ['negative money', { priceAmountMicros: '-9007199254740993' }, '-9007199254740993'],
  ['a double without a short decimal', { score: 0.1 + 0.2 }, 0.1 + 0.2],
  ['the largest double', { score: Number.MAX_VALUE }, Number.MAX_VALUE],
  ['the smallest double', { score: Number.MIN_VALUE }, Number.MIN_VALUE],
  ['an integer in a double', { score: 2 ** 53 }, 2 ** 53],
  [
    'an array',
    { tags: ['one', 'with "quotes", and commas', 'ünï ✓ 𝄞', ''] },
    ['one', 'with "quotes", and commas', 'ünï ✓ 𝄞', ''],
  ],
  ['an empty array', { tags: [] }, []],
  ['an array of enum values', { skills: ['SWIM', 'DIG'] }, ['SWIM', 'DIG']],
  [
    'JSON with a number that a double cannot hold',
    { facts: '{"n": 12345678901234567890.123, "a": [null, {}]}' },
    '{"a": [null, {}], "n": 12345678901234567890.123}',
  ],
  ['a time with microseconds', { seenAt: '2024-02-29 23:59:59.123456+02' }, '2024-02-29T21:59:59.123456Z'],
  ['a whole second', { seenAt: '1969-12-31 23:59:59+00' }, '1969-12-31T23:59:59.000000Z'],
  // Debezium's isostring mode writes dates as ISO 8601 with the zone.
  ['a date', { born: '2024-02-29' }, '2024-02-29Z'],
  ['a text that looks like JSON', { colour: '{"a":1}' }, '{"a":1}'],
  ['an empty text', { colour: '' }, ''],
  ['a text in many scripts', { colour: 'Ünï 漢字 𝄞 \'"\\\n\t' }, 'Ünï 漢字 𝄞 \'"\\\n\t'],
] as const)('%s is exact', async (_, values, expected) => {
  const [column = ''] = Object.keys(values);
  const change = await arrival(await insert(values), 'create');
  expect(change.fields[column]).toEqual(expected);
});

test('an unchanged TOAST text that PostgreSQL does not send is marked, never a value', async () => {
  const story = randomBytes(12_000).toString('base64');
  const id = await insert({ story });
  expect((await arrival(id, 'create')).fields['story']).toBe(story);
  await db.sql(`ALTER TABLE ${table} REPLICA IDENTITY DEFAULT`);
  try {
    await db.sql(`UPDATE ${table} SET colour = 'green' WHERE id = $1`, [id]);
    const partial = await watch.change(keyOf(id), 'green', ({ fields }) => fields['colour'] === 'green');
    expect(partial).toMatchObject({ op: 'update', unchanged: ['story'], changed: null });
    expect(Object.keys(partial.fields)).not.toContain('story');
    expect(JSON.stringify(partial)).not.toContain('__debezium');
  } finally {
    await db.sql(`ALTER TABLE ${table} REPLICA IDENTITY FULL`);
  }
  await db.sql(`UPDATE ${table} SET colour = 'blue' WHERE id = $1`, [id]);
  const whole = await watch.change(keyOf(id), 'blue', ({ fields }) => fields['colour'] === 'blue');
  expect(whole).toMatchObject({ unchanged: [], changed: ['colour'], fields: { story } });
});
