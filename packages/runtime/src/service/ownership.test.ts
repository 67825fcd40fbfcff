import { topics } from '@sync/core';
import { partitionOf } from '../partition/murmur2.ts';
import { ownsKey } from './ownership.ts';

const { sharepointResults, twentyWrites, config, writes } = topics;
const counts = new Map([[sharepointResults.name, 12]]);
const owning = (...numbers: number[]) => ({ owns: (partition: number) => numbers.includes(partition) });

describe('ownsKey', () => {
  it('follows the partition of the key, for every topic of the family', () => {
    const partition = partitionOf('k', 12);
    expect(ownsKey(twentyWrites, 'k', [sharepointResults], counts, owning(partition))).toBe(true);
    expect(ownsKey(twentyWrites, 'k', [sharepointResults], counts, owning(partition + 1))).toBe(false);
  });

  it('gives single topics to whoever owns partition 0 of the first topic read', () => {
    expect(ownsKey(config, 'k', [sharepointResults], counts, owning(0))).toBe(true);
    expect(ownsKey(config, 'k', [sharepointResults], counts, owning(1))).toBe(false);
  });

  it('says yes where nothing is read', () => {
    expect(ownsKey(config, 'k', [], counts, owning())).toBe(true);
  });

  it('refuses to guess a partition count', () => {
    expect(() => ownsKey(writes.p0, 'k', [sharepointResults], counts, owning(0))).toThrow('family tenant');
  });
});
