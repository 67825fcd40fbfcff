import { choosePorts } from './ports.ts';

const free = () => Promise.resolve(true);
const counting = () => {
  let n = 0;
  return () => n++ / 12_000;
};

test('keeps the ports of the start before while they are free', async () => {
  const ports = await choosePorts(
    ['kafka', 'postgres'],
    { kafka: 25_000, postgres: 25_001 },
    free,
    counting(),
  );
  expect(ports).toEqual({ kafka: 25_000, postgres: 25_001 });
});

test('chooses another one when somebody else took the kept one', async () => {
  const ports = await choosePorts(
    ['kafka'],
    { kafka: 25_000 },
    (port) => Promise.resolve(port !== 25_000),
    counting(),
  );
  expect(ports['kafka']).toBe(20_000);
});

test('gives no port twice, not even one kept for a part that does not start', async () => {
  const ports = await choosePorts(['a', 'b'], { other: 20_001 }, free, counting());
  expect(ports).toEqual({ a: 20_000, b: 20_002, other: 20_001 });
});

test('says so when there is no free port', async () => {
  await expect(choosePorts(['a'], {}, () => Promise.resolve(false), counting())).rejects.toThrow(
    'no free port',
  );
});
