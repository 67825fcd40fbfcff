import { SyncError, drop, emit, to, topics, type Outcome } from '@sync/core';
import { settled, type Harness } from '../memory/harness.ts';
import { DEAD, gate, sampleServices } from '../testing/sample-service.ts';

const { raw, records, twentyResults, twentyWrites } = topics;
const services = sampleServices();

/** Another instance joins, and takes every second partition over. */
function join(first: Harness, tell = 'second'): Promise<Harness> {
  return services.run(
    async (record, h) => emit([to(twentyResults, `${tell} ${record.key}`, h.result('x'))]),
    {
      broker: first.broker,
    },
  );
}

describe('a rebalance', () => {
  it('takes no work twice where the partition stays, and sends nothing more where it is lost', async () => {
    const [slow, processed] = [gate(), [] as string[]];
    const first = await services.run(async (record, h) => {
      processed.push(record.key);
      await slow.opened;
      return emit([to(twentyResults, `first ${record.key}`, h.result('x'))]);
    });
    const [stays, moves] = [first.keyIn(raw, 0), first.keyIn(raw, 1)];
    for (const key of [stays, moves]) first.append(raw, key, '1');
    await settled();
    await join(first);
    await settled();
    slow.open();
    await settled();
    expect(processed).toEqual([stays, moves]);
    expect(first.keysOf(twentyResults).sort()).toEqual([`first ${stays}`, `second ${moves}`]);
    expect([first.context().owns(records, stays), first.context().owns(twentyWrites, moves)]).toEqual([
      true,
      false,
    ]);
  });

  it('lets nothing begin that was still queued where the partition is lost', async () => {
    const [slow, processed] = [gate(), [] as string[]];
    const first = await services.run(async (record) => {
      processed.push(String(record.value));
      await slow.opened;
      return drop('test');
    });
    for (const value of ['1', '2']) first.append(raw, first.keyIn(raw, 1), value);
    await settled();
    await join(first);
    slow.open();
    await settled();
    expect([processed, first.crashes]).toEqual([['1'], []]);
  });

  it('lets nobody write a dead letter of a partition that is lost', async () => {
    const slow = gate();
    const unreadable = async (): Promise<Outcome> => {
      await slow.opened;
      throw new SyncError('RECORD_UNREADABLE', 'parsing: not JSON');
    };
    const first = await services.run(unreadable);
    const [stays, moves] = [first.keyIn(raw, 0), first.keyIn(raw, 1)];
    for (const key of [stays, moves]) first.append(raw, key, '?');
    await settled();
    await join(first);
    slow.open();
    await settled();
    expect(first.broker.records(DEAD).map((letter) => String(letter.key))).toEqual([stays]);
  });

  it('tells the queue of a partition only while it is ours', async () => {
    const first = await services.run(async () => drop('test'));
    const told = async (): Promise<(string | undefined)[]> => {
      await first.commit();
      const lines = await first.told('sync_queue_records{');
      return lines.map((line) => /topic="([^"]+)",partition="(\d)"/.exec(line)?.slice(1).join(' '));
    };
    expect(await told()).toContain(`${raw.name} 1`);
    await join(first);
    await settled();
    expect((await told()).filter((line) => line?.startsWith(raw.name))).toEqual([
      `${raw.name} 0`,
      `${raw.name} 2`,
    ]);
  });
});
