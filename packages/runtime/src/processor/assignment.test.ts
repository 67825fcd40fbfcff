import { Assignment } from './assignment.ts';

const at = (partition: number) => ({ topic: 't', partition });

/** Two partitions, read up to offset 5. */
function assigned(): Assignment {
  const made = new Assignment();
  for (const work of made.replace([at(0), at(1)], false)) {
    work.tracker.add(4n);
    work.tracker.done(4n);
  }
  return made;
}

const lost = (work: { owned: AbortController } | undefined): boolean | undefined =>
  work?.owned.signal.aborted;

describe('an assignment', () => {
  it('goes on where it was in what stays, and begins anew in what comes', () => {
    const made = assigned();
    expect(made.replace([at(0), at(2)], true).map((work) => work.at)).toEqual([at(2)]);
    expect(made.positions()).toEqual([{ ...at(0), offset: 5n }]);
  });

  it('gives up what is lost, and nothing else', () => {
    const made = assigned();
    const before = made.all();
    made.replace([at(0)], true);
    expect(before.map(lost)).toEqual([false, true]);
  });

  it('begins anew everywhere when others may have had the partitions in between', () => {
    const made = assigned();
    const before = made.all();
    expect(made.replace([at(0), at(1)], false)).toHaveLength(2);
    expect([before.map(lost), made.positions()]).toEqual([[true, true], []]);
  });

  it('commits a position once', () => {
    const made = assigned();
    for (const { work, offset } of made.due()) work.committed(offset);
    expect(made.due()).toEqual([]);
  });
});
