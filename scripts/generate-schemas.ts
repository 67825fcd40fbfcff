/**
 * Turns `schemas/*.avsc` into TypeScript: one type per Avro record, and the schema texts by file name.
 * The result is checked in; `--check` (used by the tests) says when it is stale.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Schema = string | Schema[] | { type: Schema; [key: string]: unknown };
interface Field {
  name: string;
  type: Schema;
  doc?: string;
  ts?: string;
}
interface Named {
  type: string;
  name: string;
  doc?: string;
  fields?: Field[];
  symbols?: string[];
  items?: Schema;
  values?: Schema;
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
  string: 'string',
  bytes: 'Buffer',
};

/** Writes the TypeScript for a folder of Avro schemas. */
export function generateSchemas(folder: string): string {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.avsc'))
    .sort();
  const types = new Map<string, string>();
  const texts: string[] = [];
  for (const file of files) {
    const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Named;
    typeOf(schema as unknown as Schema, types);
    texts.push(
      `  '${file.replace('.avsc', '')}': {\n    type: '${schema.name}',\n    text: ${quote(JSON.stringify(schema))},\n  },`,
    );
  }
  const map = files.map((file) => `  '${file.replace('.avsc', '')}': ${rootName(folder, file)};`);
  return [
    '// Generated from schemas/*.avsc by `npm run gen`. Do not edit.',
    '',
    ...types.values(),
    '/** Schema name to the type of its records. */',
    'export interface SchemaTypes {',
    ...map,
    '}',
    '',
    '/** Schema name to its Avro name and text. */',
    'export const schemas = {',
    ...texts,
    '} as const;',
    '',
  ].join('\n');
}

function rootName(folder: string, file: string): string {
  return (JSON.parse(readFileSync(join(folder, file), 'utf8')) as Named).name;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function typeOf(schema: Schema, types: Map<string, string>): string {
  if (typeof schema === 'string') return PRIMITIVES[schema] ?? schema;
  if (Array.isArray(schema)) return schema.map((branch) => typeOf(branch, types)).join(' | ');
  const named = schema as unknown as Named;
  if (named.type === 'record') return recordType(named, types);
  if (named.type === 'enum') return enumType(named, types);
  if (named.type === 'array') return `readonly ${parenthesised(typeOf(named.items ?? 'null', types))}[]`;
  if (named.type === 'map') return `Readonly<Record<string, ${typeOf(named.values ?? 'null', types)}>>`;
  return typeOf(schema.type, types);
}

function parenthesised(type: string): string {
  return type.includes(' ') ? `(${type})` : type;
}

function recordType(schema: Named, types: Map<string, string>): string {
  const known = types.get(schema.name);
  if (known === undefined) types.set(schema.name, '');
  const lines = (schema.fields ?? []).map(
    (field) =>
      `  /** ${field.doc ?? ''} */\n  readonly ${field.name}: ${field.ts === 'bigint' ? 'number | bigint' : typeOf(field.type, types)};`,
  );
  const text = `/** ${schema.doc ?? ''} */\nexport interface ${schema.name} {\n${lines.join('\n')}\n}\n`;
  // A record may stand in several files, as Avro wants each file whole; it must say the same in all of them.
  if (known !== undefined && known !== text) throw new Error(`schemas: ${schema.name} differs between files`);
  types.set(schema.name, text);
  return schema.name;
}

function enumType(schema: Named, types: Map<string, string>): string {
  const symbols = (schema.symbols ?? []).map((symbol) => `'${symbol}'`).join(' | ');
  types.set(schema.name, `/** ${schema.doc ?? ''} */\nexport type ${schema.name} = ${symbols};\n`);
  return schema.name;
}

/** Where the generated file stands, relative to the project's root. */
export const GENERATED_SCHEMAS = 'packages/core/src/generated/schemas.ts';

if (process.argv[1]?.endsWith('generate-schemas.ts') === true) {
  writeFileSync(GENERATED_SCHEMAS, generateSchemas('schemas'));
}
