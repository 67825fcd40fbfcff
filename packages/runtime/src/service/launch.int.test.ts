import { emit, to } from '@sync/core';
import { mapping } from '../testing/sample-service.ts';
import {
  SERVICE,
  changelog,
  cursor,
  eventually,
  input,
  output,
  realServices,
  result,
  start,
} from '../testing/real-services.ts';

const client = realServices();

test('a service: state first, restored by whoever comes next, lag down to nothing', async () => {
  const first = await start([input], async (record, context) => {
    const before = context.store(changelog).get(record.key);
    const itemId = `${before?.itemId ?? ''}i`;
    return emit(
      [to(changelog, record.key, mapping(itemId))],
      [to(output, record.key, cursor(itemId.length), record.key)],
    );
  });
  await client().send([
    to(input, 'a', result('1')),
    to(input, 'a', result('2')),
    to(input, 'b', result('1')),
  ]);
  await eventually(async () => (await client().readAll(changelog)).length === 3);
  await first.stop();
  expect((await client().lag(`sync.${SERVICE}`, [input])).every((one) => one.lag === 0n)).toBe(true);

  const seen: unknown[] = [];
  const second = await start([input], async (record, context) => {
    seen.push([record.key, context.store(changelog).get(record.key)?.itemId]);
    return { kind: 'drop', reason: 'test' };
  });
  await client().send([to(input, 'a', result('3'))]);
  await eventually(() => seen.length > 0);
  expect(seen).toEqual([['a', 'ii']]);
  await second.stop();
});
