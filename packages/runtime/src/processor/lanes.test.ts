import { Lanes, type Place } from './lanes.ts';

/** A promise with its switch. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

const fail = (error: unknown): void => {
  throw error;
};

describe('Lanes', () => {
  it('runs tasks of a key in order, one at a time', async () => {
    const lanes = new Lanes(8, fail);
    const seen: string[] = [];
    for (const name of ['a', 'b', 'c'])
      lanes.push('k', async () => {
        seen.push(`${name} starts`);
        await Promise.resolve();
        seen.push(`${name} ends`);
      });
    await lanes.whenIdle();
    expect(seen).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('runs keys side by side', async () => {
    const lanes = new Lanes(8, fail);
    const [first, second] = [gate(), gate()];
    lanes.push('a', () => first.opened);
    lanes.push('b', async () => second.open());
    await second.opened;
    first.open();
    await lanes.whenIdle();
  });

  it('keeps to its limit', async () => {
    const lanes = new Lanes(2, fail);
    let [now, most] = [0, 0];
    for (let key = 0; key < 20; key++)
      lanes.push(`k${key}`, async () => {
        most = Math.max(most, ++now);
        await Promise.resolve();
        now--;
      });
    await lanes.whenIdle();
    expect(most).toBe(2);
  });

  it('gives the place of a waiting task to other keys, but not its key', async () => {
    const lanes = new Lanes(1, fail);
    const [healed, otherRan] = [gate(), gate()];
    const seen: string[] = [];
    lanes.push('waiting', async (place: Place) => {
      await place.leaveUntil(healed.opened);
      seen.push('waited');
    });
    lanes.push('waiting', async () => void seen.push('next of the key'));
    lanes.push('other', async () => otherRan.open());
    await otherRan.opened;
    expect(seen).toEqual([]);
    healed.open();
    await lanes.whenIdle();
    expect(seen).toEqual(['waited', 'next of the key']);
  });

  it('tells what a task throws and goes on', async () => {
    const errors: unknown[] = [];
    const lanes = new Lanes(1, (error) => errors.push(error));
    let ran = false;
    lanes.push('k', () => Promise.reject(new Error('broken')));
    lanes.push('k', async () => void (ran = true));
    await lanes.whenIdle();
    expect([errors.length, ran]).toEqual([1, true]);
  });
});
