import { readFileSync } from 'node:fs';
import { generatedFiles } from '../../scripts/generate.ts';

test.each(Object.entries(generatedFiles()))('%s is fresh (else: npm run gen)', (path, content) => {
  expect(readFileSync(path, 'utf8')).toBe(content);
});
