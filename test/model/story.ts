/** A counter-example in words, and as a test in the language of the brain's own tests. */
import type { Input, Seen } from '../../services/conflict-detector/src/brain/input.ts';
import type { Finding } from './explore.ts';

/** The moves, one per line, and what the brain was told on the way as a given/when/then test; its versions are shortened. */
export function tell(finding: Finding, isInStep: boolean): string {
  const moves = finding.story.map((move, i) => `  ${i + 1}. ${move.name}`);
  return [`${finding.violation}, after`, ...moves, '', ...asTest(finding, isInStep)].join('\n');
}

/** Answers are given as inputs of their own: unlike Reply, they need no command to be counted. */
function asTest({ violation, story }: Finding, isInStep: boolean): string[] {
  const inputs = story.flatMap((move) => (move.input === undefined ? [] : [`    ${step(move.input)},`]));
  if (inputs.length === 0) return [];
  return [
    `// given ${isInStep ? 'a record in step' : 'nothing'}, when the brain is told`,
    `test(${literal(violation)}, () => {`,
    '  const told = play([',
    ...(isInStep ? ["    ...inStep({ f: 'a', g: 'a' }),"] : []),
    ...inputs,
    '  ]);',
    '  // then it asks for, and tells',
    '  expect(told.asks).toEqual([]);',
    '  expect(told.conflicts).toEqual([]);',
    '});',
  ];
}

function step(input: Input): string {
  if (input.kind === 'look') return "{ kind: 'look' }";
  if (input.kind === 'resolution') return literal(input);
  if (input.kind === 'seen') return seen(input.side, input.seen);
  const { side, answer, wishes, version, picture, refusals } = input;
  return literal({
    kind: 'answer',
    side,
    answer,
    wishes: wishes.map((wish) => ({ ...wish, source: short(wish.source) })),
    version: short(version),
    picture: picture && shortened(picture),
    refusals,
  });
}

function seen(side: string, what: Seen): string {
  const { values, exists, at, itemId, etag } = what;
  const more = { version: short(what.version), exists, at, itemId, etag };
  return `${side}(0, ${literal(values)}, ${literal(more)})`;
}

function shortened(picture: Seen): Seen {
  return { ...picture, version: short(picture.version) };
}

/** Versions without the zeros they begin with sort as before, and can be read. */
function short(version: string): string {
  return version
    .split('-')
    .map((part) => part.slice(-4))
    .join('-');
}

function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('\\"', '')
    .replaceAll(/"(\w+)":/g, '$1: ')
    .replaceAll('"', "'")
    .replaceAll(',', ', ');
}
