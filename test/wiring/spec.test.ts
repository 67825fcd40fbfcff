import { globSync, readFileSync } from 'node:fs';

/** Every path that the specification names as the keeper of a promise. */
function namedPaths(page: string): string[] {
  const quoted = [...readFileSync(page, 'utf8').matchAll(/`([^`\s]+\/[^`\s]+|test\/\w+)`/g)].flatMap(
    ([, path]) => path ?? [],
  );
  return [...new Set(quoted)].filter((path) =>
    /\.(test\.)?ts$|\*$|^test\/|^services\/|^packages\//.test(path),
  );
}

test.each(namedPaths('docs/SPEC.md'))('%s, which docs/SPEC.md names, is there', (path) => {
  expect(globSync([path, `services/${path}`, `services/conflict-detector/src/${path}`])).not.toEqual([]);
});

test('every invariant and rule has its line', () => {
  const spec = readFileSync('docs/SPEC.md', 'utf8');
  const numbered = [...spec.matchAll(/^\| ([IBD]\d+) \|/gm)].flatMap(([, number]) => number ?? []);
  const upTo = (letter: string, last: number) => [...Array(last).keys()].map((i) => `${letter}${i + 1}`);
  const wanted = [...upTo('I', 16), ...upTo('B', 19), ...upTo('D', 7)];
  expect(numbered).toEqual(wanted);
});
