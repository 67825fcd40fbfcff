import { watchdog } from './watchdog.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function set(answers: () => boolean) {
  const silences: Error[] = [];
  const dog = watchdog(
    100,
    () => Promise.resolve(answers()),
    (error) => silences.push(error),
  );
  return { dog, silences };
}

describe('a watchdog', () => {
  it('barks at silence while the broker answers', async () => {
    const { dog, silences } = set(() => true);
    dog.alive();
    await jest.advanceTimersByTimeAsync(199);
    expect(silences).toEqual([]);
    await jest.advanceTimersByTimeAsync(2);
    expect(silences).toHaveLength(1);
    dog.stop();
  });

  it('is quiet before the first sign of life, and while there are signs', async () => {
    const { dog, silences } = set(() => true);
    await jest.advanceTimersByTimeAsync(1_000);
    for (let n = 0; n < 10; n++) {
      dog.alive();
      await jest.advanceTimersByTimeAsync(150);
    }
    expect(silences).toEqual([]);
    dog.stop();
  });

  it('is quiet through an outage of the broker, and gives the consumer time after it', async () => {
    let up = false;
    const { dog, silences } = set(() => up);
    dog.alive();
    await jest.advanceTimersByTimeAsync(10_050);
    up = true;
    await jest.advanceTimersByTimeAsync(100);
    expect(silences).toEqual([]);
    dog.alive();
    await jest.advanceTimersByTimeAsync(150);
    expect(silences).toEqual([]);
    dog.stop();
  });

  it('is quiet when stopped', async () => {
    const { dog, silences } = set(() => true);
    dog.alive();
    dog.stop();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(silences).toEqual([]);
  });
});
