import { clientStateOf } from './client-state.ts';

test('made with another tool: HMAC-SHA-256 of the list key, base64url, and its SHA-256', () => {
  expect(clientStateOf('key', 'The quick brown fox jumps over the lazy dog')).toEqual({
    value: '97yD9DBThCSxMpjmqm-xQ-9NWaFJRhdZl0edvC0aPNg',
    sha256: '1121eb3d038af8e09e55da7e3ae0cbc3ac2b35c825320e887d9ef734db16ceae',
  });
});

test('it differs by list and by secret', () => {
  const values = [clientStateOf('a', 't|s|l'), clientStateOf('a', 't|s|m'), clientStateOf('b', 't|s|l')];
  expect(new Set(values.map(({ value }) => value)).size).toBe(3);
});
