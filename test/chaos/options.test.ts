import { commandOf, parseOptions } from './options.ts';

test('without arguments it is the gate of CI', () => {
  expect(parseOptions([], 7)).toMatchObject({
    faults: 40,
    seed: 7,
    brokers: 3,
    instances: 2,
    workers: 2,
    kinds: [],
  });
});

test('the command that is printed repeats the run', () => {
  const options = parseOptions(
    [
      '--faults',
      '9',
      '--minutes',
      '2',
      '--seed',
      '5',
      '--writes',
      '300',
      '--kinds',
      'kill service,slot lost',
    ],
    7,
  );
  const args = [...commandOf(options).matchAll(/--(\w+) (?:'([^']*)'|(\S+))/g)].flatMap(
    ([, name, quoted, plain]) => [`--${name}`, quoted ?? plain ?? ''],
  );
  expect(parseOptions(args, 99)).toEqual(options);
});

test('what is no number is refused', () => {
  expect(() => parseOptions(['--faults', 'many'], 1)).toThrow('--faults must be a number');
});
