import { loadConfig, printable } from './load-config.ts';
import { option } from './option.ts';
import { bool, int, json, list, maybe, oneOf, text, url } from './parsers.ts';

const table = {
  pollMs: option({ env: 'SYNC_POLL_MS', parse: int, fallback: 5000, doc: 'Time between reads.' }),
  root: option({ env: 'SYNC_ROOT', parse: url, doc: 'Root of the service.' }),
  lane: option({ env: 'SYNC_LANE', parse: oneOf('p0', 'p1'), doc: 'Lane.' }),
  secret: option({ env: 'SYNC_SECRET', parse: int, doc: 'Secret.', secret: true }),
};

describe('loadConfig', () => {
  it('reads values and takes fallbacks', () => {
    const config = loadConfig(table, { SYNC_ROOT: 'http://127.0.0.1:1/', SYNC_LANE: 'p0', SYNC_SECRET: '7' });
    expect(config).toEqual({ pollMs: 5000, root: 'http://127.0.0.1:1', lane: 'p0', secret: 7 });
  });

  it('reports every mistake in one message, with the mending, without secrets', () => {
    expect(() =>
      loadConfig(table, { SYNC_POLL_MS: 'soon', SYNC_LANE: 'p9', SYNC_SECRET: 'hunter2' }),
    ).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: [
          'reading the configuration:',
          '  SYNC_POLL_MS (soon) is not a whole number: Time between reads.',
          '  SYNC_ROOT is required: Root of the service.',
          '  SYNC_LANE (p9) is none of p0, p1: Lane.',
          '  SYNC_SECRET is not a whole number: Secret.',
        ].join('\n'),
      }),
    );
  });
});

describe('printable', () => {
  it('hides secrets', () => {
    expect(printable(table, { pollMs: 1, root: 'r', lane: 'p0', secret: 7 })).toMatchObject({
      SYNC_SECRET: '***',
      SYNC_POLL_MS: 1,
    });
  });
});

describe('parsers', () => {
  it.each([
    [int, '12', 12],
    [bool, 'false', false],
    [list, 'a, b,', ['a', 'b']],
    [url, 'https://example.org/x//', 'https://example.org/x'],
    [text, ' x', ' x'],
    [maybe(int), '3', 3],
    [json((v): v is number[] => Array.isArray(v)), '[1]', [1]],
  ])('%o reads %s', (parse, given, expected) => {
    expect((parse as (text: string) => unknown)(given)).toEqual(expected);
  });

  it.each([
    [int, '1.5', 'is not a whole number'],
    [int, ' ', 'is not a whole number'],
    [bool, 'yes', 'is neither true nor false'],
    [list, ' , ', 'is an empty list; separate entries by commas'],
    [url, 'localhost', 'is not an absolute URL such as http://127.0.0.1:8080'],
    [json((v): v is string => typeof v === 'string'), '{', 'is not JSON'],
  ])('%o refuses %s', (parse, given, message) => {
    expect(() => (parse as (text: string) => unknown)(given)).toThrow(message);
  });
});
