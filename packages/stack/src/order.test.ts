import { inOrder, reversed, selectParts } from './order.ts';

const PARTS = [
  { name: 'service', needs: ['kafka', 'databases'] },
  { name: 'kafka', needs: [] },
  { name: 'databases', needs: ['postgres'] },
  { name: 'postgres', needs: [] },
];
const names = (parts: readonly { name: string }[]) => parts.map((part) => part.name);

describe('selectParts', () => {
  test('puts every part after its needs', () => {
    expect(names(selectParts(PARTS))).toEqual(['kafka', 'postgres', 'databases', 'service']);
  });

  test('takes what is asked for and what that needs, nothing else', () => {
    expect(names(selectParts(PARTS, ['databases']))).toEqual(['postgres', 'databases']);
  });

  test('names an unknown need and who has it', () => {
    expect(() => selectParts([{ name: 'a', needs: ['b'] }])).toThrow('unknown part "b", needed by a');
  });

  test('names a circle', () => {
    const circle = [
      { name: 'a', needs: ['b'] },
      { name: 'b', needs: ['a'] },
    ];
    expect(() => selectParts(circle)).toThrow('a → b → a');
  });
});

describe('inOrder', () => {
  test('begins a part only when its needs are through', async () => {
    const log: string[] = [];
    await inOrder(selectParts(PARTS), async ({ name }) => {
      log.push(`begin ${name}`);
      await Promise.resolve();
      log.push(`end ${name}`);
    });
    expect(log.slice(0, 2)).toEqual(['begin kafka', 'begin postgres']);
    expect(log.indexOf('begin databases')).toBeGreaterThan(log.indexOf('end postgres'));
    expect(log.slice(-2)).toEqual(['begin service', 'end service']);
  });

  test('after a failure begins nothing more, waits for what runs, and rejects with the first one', async () => {
    const gate = Promise.withResolvers<undefined>();
    const log: string[] = [];
    const failed: unknown[] = [];
    const running = inOrder(
      selectParts([...PARTS, { name: 'topics', needs: ['kafka'] }]),
      async ({ name }) => {
        if (name === 'postgres') throw new Error('no room');
        await gate.promise;
        log.push(name);
      },
      (error) => {
        failed.push(error);
        gate.resolve(undefined);
      },
    );
    await expect(running).rejects.toThrow('no room');
    expect(log).toEqual(['kafka']);
    expect(failed).toHaveLength(1);
  });
});

test('reversed stops users before what they use', () => {
  const stops = reversed(selectParts(PARTS));
  expect(stops.find((stop) => stop.name === 'postgres')?.needs).toEqual(['databases']);
  expect(stops.find((stop) => stop.name === 'service')?.needs).toEqual([]);
  expect(names(stops)).toEqual(['service', 'databases', 'postgres', 'kafka']);
});
