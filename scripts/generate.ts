/**
 * `npm run gen`: everything that is made from code. The same functions are called by test/wiring/generated.test.ts, which fails
 * when a checked-in file is stale.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { configurationPage, dataflowDiagram, errorsPage, metricsPage, topicsPage } from './generate-docs.ts';
import { GENERATED_SCHEMAS, generateSchemas } from './generate-schemas.ts';

/** Path to content of every generated file, relative to the project's root. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    [GENERATED_SCHEMAS]: generateSchemas('schemas'),
    'docs/reference/topics.md': topicsPage(),
    'docs/reference/dataflow.md': dataflowDiagram(),
    'docs/reference/errors.md': errorsPage(),
    'docs/reference/metrics.md': metricsPage(),
    'docs/reference/configuration.md': configurationPage(),
  };
}

if (process.argv[1]?.endsWith('scripts/generate.ts') === true) {
  for (const [path, content] of Object.entries(generatedFiles())) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
