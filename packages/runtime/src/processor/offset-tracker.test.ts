import { OffsetTracker } from './offset-tracker.ts';

function tracker(...offsets: bigint[]): OffsetTracker {
  const made = new OffsetTracker();
  for (const offset of offsets) made.add(offset);
  return made;
}

describe('OffsetTracker', () => {
  it('commits nothing before the first record', () => {
    expect(tracker().committable).toBeNull();
  });

  it('holds at the first record that is not done', () => {
    const made = tracker(5n, 6n, 7n);
    made.done(6n);
    made.done(7n);
    expect(made.committable).toBe(5n);
    made.done(5n);
    expect(made.committable).toBe(8n);
  });

  it('bridges gaps of compaction', () => {
    const made = tracker(5n, 90n);
    made.done(5n);
    expect(made.committable).toBe(90n);
  });

  it('refuses a record that it has seen', () => {
    const made = tracker(5n, 6n);
    expect(made.add(6n)).toBe(false);
    expect(made.add(7n)).toBe(true);
  });

  it('moves over offsets that hold no record, but not over undone ones', () => {
    const made = tracker(5n);
    made.skipTo(9n);
    expect(made.committable).toBe(5n);
    made.done(5n);
    expect(made.committable).toBe(9n);
  });

  it('counts what is unfinished and what a crash would repeat', () => {
    const made = tracker(1n, 2n, 3n);
    made.done(2n);
    made.done(2n);
    expect([made.unfinished, made.spread]).toEqual([2, 3]);
  });

  it('stays right over many records', () => {
    const made = new OffsetTracker();
    for (let offset = 0n; offset < 5000n; offset++) {
      made.add(offset);
      if (offset >= 10n) made.done(offset - 10n);
    }
    expect([made.committable, made.spread]).toEqual([4990n, 10]);
  });
});
