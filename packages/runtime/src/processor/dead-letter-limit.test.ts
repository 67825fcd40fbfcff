import { DeadLetterLimit } from './dead-letter-limit.ts';

describe('DeadLetterLimit', () => {
  it('bears as many in a row as it is told', () => {
    const limit = new DeadLetterLimit(2);
    expect([true, true, true].map((dead) => limit.passedBy('t-0', dead))).toEqual([false, false, true]);
  });

  it('starts anew after a record that went well', () => {
    const limit = new DeadLetterLimit(2);
    expect([true, true, false, true, true].map((dead) => limit.passedBy('t-0', dead))).toEqual(
      Array(5).fill(false),
    );
  });

  it('counts each partition apart', () => {
    const limit = new DeadLetterLimit(1);
    expect(limit.passedBy('t-0', true)).toBe(false);
    expect(limit.passedBy('t-1', true)).toBe(false);
  });
});
