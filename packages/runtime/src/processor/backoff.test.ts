import { SyncError } from '@sync/core';
import { waitMs } from './backoff.ts';

describe('waitMs', () => {
  const unavailable = new SyncError('GRAPH_UNAVAILABLE', 'reading: no answer');

  it.each([
    [0, 250],
    [1, 500],
    [6, 16_000],
    [7, 30_000],
    [500, 30_000],
  ])('after %i failures stays under %i ms', (attempt, ceiling) => {
    expect(waitMs(unavailable, attempt, 0.5)).toBe(ceiling / 2);
  });

  it('takes what the error asks for', () => {
    expect(waitMs(new SyncError('GRAPH_THROTTLED', 'reading: 429', { retryAfterMs: 41_000 }), 0, 0.5)).toBe(
      41_000,
    );
  });

  it('never spins', () => {
    expect(waitMs(unavailable, 3, 0)).toBe(25);
  });
});
