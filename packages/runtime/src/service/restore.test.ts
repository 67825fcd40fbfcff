/** The state of a service is whole before its first record, at a start and when a partition is taken over. */
import { drop, emit, to, topics } from '@sync/core';
import { settled } from '../memory/harness.ts';
import { memorySchemas } from '../memory/memory-schemas.ts';
import { SAMPLE, gate, mapping, sampleServices } from '../testing/sample-service.ts';

const { raw, rawHeartbeat, mappings } = topics;
const services = sampleServices();

describe('state', () => {
  it('is restored before the first record, and from acknowledged sends at once', async () => {
    const before = await services.run(async (record) => emit([to(mappings, record.key, mapping('7'))]));
    before.append(raw, 'a', '1');
    await settled();
    expect(before.context().store(mappings).get('a')).toMatchObject({ itemId: '7' });
    await before.stop();

    const after = services.make(SAMPLE, { broker: before.broker });
    const seen: unknown[] = [];
    after.append(raw, 'a', '2');
    await after.start(
      async (record) => (seen.push(after.context().store(mappings).get(record.key)), drop('test')),
    );
    await settled();
    expect(seen).toEqual([expect.objectContaining({ itemId: '7' })]);
  });

  it('is caught up with what the owner before has written, before a partition taken over is processed', async () => {
    const first = await services.run(async (record) => emit([to(mappings, record.key, mapping('8'))]));
    // The second instance reads the changelog as slowly as its registry answers.
    const [slow, registry, seen] = [gate(), memorySchemas(), [] as unknown[]];
    const schemas = { ...registry, writer: (id: number) => slow.opened.then(() => registry.writer(id)) };
    const second = services.make(SAMPLE, { broker: first.broker, schemas });
    await second.start(
      async (record) => (seen.push(second.context().store(mappings).get(record.key)), drop('test')),
    );
    const key = first.keyIn(raw, 0);
    first.append(raw, key, '1');
    await settled();
    await first.stop();
    first.append(raw, key, '2');
    await settled();
    expect(seen).toEqual([]);
    slow.open();
    await second.until(() => seen.length > 0);
    expect(seen).toEqual([expect.objectContaining({ itemId: '8' })]);
  });

  it('tells newly owned partitions before their first record', async () => {
    const h = services.make();
    const seen: unknown[] = [];
    h.append(rawHeartbeat, 'a', '1');
    await h.start(
      async () => (seen.push('record'), drop('test')),
      (context) => context.onAssigned((partitions) => seen.push(partitions)),
    );
    await settled();
    expect(seen).toEqual([[0, 1, 2, 3], 'record']);
  });
});
