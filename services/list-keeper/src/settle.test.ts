import { SyncError } from '@sync/core';
import { GraphRefusedError } from '@sync/graph';
import { settle } from './settle.ts';

const failing = (error: Error) => settle(() => Promise.reject<string>(error));
const refusal = new GraphRefusedError('read the lists', { status: 400, headers: {}, body: null });

test('what succeeds is given back', async () => {
  expect(await settle(() => Promise.resolve('bound'))).toBe('bound');
});

test.each<[string, Error, object]>([
  [
    'a throttle',
    new SyncError('GRAPH_THROTTLED', 'slow', { retryAfterMs: 60_000 }),
    { kind: 'waiting', waitMs: 60_000 },
  ],
  [
    'an outage',
    new SyncError('GRAPH_UNAVAILABLE', 'away'),
    { kind: 'waiting', message: 'away', waitMs: 5000 },
  ],
  ['a refusal', refusal, { kind: 'refused', waitMs: 5000 }],
])('%s becomes a setback', async (_what, error, expected) => {
  expect(await failing(error)).toMatchObject(expected);
});

test.each([new TypeError('bug'), new SyncError('CONFIG_INVALID', 'wrong')])('%s is thrown', async (error) => {
  await expect(failing(error)).rejects.toBe(error);
});
