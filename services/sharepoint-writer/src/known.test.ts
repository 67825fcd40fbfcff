import {
  born,
  command,
  creation,
  dead,
  etag,
  item,
  jobOf,
  known,
  version,
  walk,
  wish,
} from './testing/fixtures.ts';
import type { Job, Known, Seen } from './job.ts';
import { learn, ownState } from './known.ts';

function afterwards(job: Job, met: readonly Seen[]): Known | undefined {
  const { turn, step } = walk(job, met);
  if (step.do !== 'answer') throw new Error('no answer');
  return learn(turn.job, step.answer);
}

const done = (number: number): Seen => ({ saw: 'done', itemId: '7', etag: etag(number) });

describe('learn', () => {
  test('leads on from the basis by own writes only (B9)', () => {
    const first = afterwards(jobOf(command()), [done(2)]);
    const second = afterwards(jobOf(command({ wishes: [wish('name', 'Birch', 't2')] }), first), [done(3)]);
    expect(second).toMatchObject({
      etag: etag(3),
      lineage: [version(1), version(2), version(3)],
      values: { name: 'Birch' },
      sources: { name: 't2' },
    });
  });

  test('remembers a created item as grown from nothing', () => {
    expect(afterwards(jobOf(creation()), [done(1)])).toMatchObject({
      exists: true,
      lineage: ['', version(1)],
      values: { alive: 'true', name: 'Acorn' },
    });
  });

  test('leads on from nothing but what was read after someone else has written', () => {
    const memory = afterwards(jobOf(command()), [
      { saw: 'stale' },
      { saw: 'item', item: item(4, { Title: 'Birch' }) },
    ]);
    expect(memory).toMatchObject({
      lineage: [version(4)],
      values: { name: 'Birch', alive: 'true' },
      sources: {},
    });
    expect(ownState(jobOf(command(), memory))).toBeNull();
  });

  test('keeps the youngest source after an older command was answered (B12)', () => {
    const job = jobOf(command({ wishes: [wish('name', 'Acorn', 't0')] }), known());
    const memory = afterwards(job, [{ saw: 'item', item: item(2, { Title: 'Acorn' }) }]);
    expect(memory?.sources).toEqual({ name: 't1' });
  });

  test('remembers a deleted item as gone, so that it is never written', () => {
    const memory = afterwards(jobOf(command({ wishes: [dead] })), [done(2)]);
    expect(memory).toMatchObject({ exists: false, version: `${version(1)}-deleted` });
    expect(ownState(jobOf(command(), memory))).toBeNull();
  });

  test('stays in the life that the delta feed knows when an item that it deleted is seen again', () => {
    const memory = afterwards(jobOf(command({ wishes: [dead] })), [done(2)]);
    const again = afterwards(jobOf(creation({ basis: version(1), wishes: [born] }), memory), [
      { saw: 'duplicate' },
      { saw: 'item', item: item(3) },
    ]);
    expect(again).toMatchObject({ exists: true, generation: 0, version: version(3) });
  });

  test('is not touched by a refusal', () => {
    const memory = known();
    expect(afterwards(jobOf(command({ wishes: [wish('name', 'a\nb', 't2')] }), memory), [])).toBe(memory);
  });
});
