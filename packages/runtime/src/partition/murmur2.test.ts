import { Partitioners } from 'kafkajs';
import { murmur2, partitionOf } from './murmur2.ts';

describe('murmur2', () => {
  // UtilsTest.testMurmur2 of apache/kafka
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as Java does', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });
});

describe('partitionOf', () => {
  const kafkajs = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: 12 }, (_, partitionId) => ({ partitionId, leader: 1 }));

  it.each(Array.from({ length: 40 }, (_, n) => `w${n}|company|${'ü'.repeat(n % 5)}${n * 7919}`))(
    'puts %s where the client library puts it',
    (key) => {
      const expected = kafkajs({ topic: 't', partitionMetadata, message: { key, value: null } } as never);
      expect(partitionOf(key, 12)).toBe(expected);
    },
  );
});
