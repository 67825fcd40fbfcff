import { sharepointGone } from '@sync/core';
import {
  NOW_ISO,
  RECORD,
  born,
  command,
  creation,
  dead,
  etag,
  jobOf,
  known,
  version,
  wish,
} from './testing/fixtures.ts';
import { plan } from './plan.ts';

const nameColumns = { Title: 'Acorn', LastSyncedAt: NOW_ISO };

describe('plan without memory', () => {
  test('creates an item that holds every wish, the record id and the time', () => {
    const step = plan(jobOf(creation({ wishes: [born, wish('name', 'Acorn'), wish('employees', '12')] })));
    expect(step).toEqual({ do: 'create', columns: { ...nameColumns, Employees: 12, TwentyId: RECORD } });
  });

  test('updates the wished columns only, if the item is still what the decision saw (B9)', () => {
    const step = plan(jobOf(command()));
    expect(step).toEqual({
      do: 'update',
      itemId: '7',
      etag: etag(1),
      version: version(1),
      columns: nameColumns,
    });
  });

  test('clears a column with null', () => {
    const step = plan(jobOf(command({ wishes: [wish('industry', null)] })));
    expect(step).toMatchObject({ do: 'update', columns: { Industry: null } });
  });

  test('deletes if the item is still what the decision saw (B9)', () => {
    const step = plan(jobOf(command({ wishes: [dead] })));
    expect(step).toEqual({ do: 'delete', itemId: '7', etag: etag(1), version: version(1) });
  });

  test('writes no field of an item that is to die', () => {
    const step = plan(jobOf(command({ wishes: [wish('name', 'x'.repeat(300)), dead] })));
    expect(step.do).toBe('delete');
  });

  test('looks at the item when a record comes back to life after it was deleted: a user may have brought it back', () => {
    const gone = sharepointGone({ itemId: '7', generation: 0 });
    const step = plan(jobOf(command({ basis: gone, etag: null, wishes: [born] })));
    expect(step).toEqual({ do: 'read', itemId: '7' });
  });

  test('reads first when no eTag is known: never a write without If-Match (B9)', () => {
    expect(plan(jobOf(command({ etag: null })))).toEqual({ do: 'read', itemId: '7' });
  });

  test('searches first when no item is known and none is to be made', () => {
    expect(plan(jobOf(command({ itemId: null, etag: null, basis: '' })))).toEqual({ do: 'find' });
  });
});

describe('plan with memory of the own last answer', () => {
  test('uses its own eTag when the item came from the basis by own writes only (B9)', () => {
    const step = plan(jobOf(command({ wishes: [wish('name', 'Birch', 't2')] }), known()));
    expect(step).toMatchObject({ do: 'update', etag: etag(2), version: version(2) });
  });

  test('uses its own eTag for a basis between two own writes', () => {
    const memory = known({
      etag: etag(3),
      version: version(3),
      lineage: [version(1), version(2), version(3)],
    });
    const step = plan(
      jobOf(command({ basis: version(2), etag: etag(2), wishes: [wish('name', 'Birch', 't2')] }), memory),
    );
    expect(step).toMatchObject({ do: 'update', etag: etag(3) });
  });

  test('uses the eTag of the command when the basis is not its own (B9)', () => {
    const step = plan(
      jobOf(command({ basis: version(5), etag: etag(5), wishes: [wish('name', 'Birch', 't2')] }), known()),
    );
    expect(step).toMatchObject({ do: 'update', etag: etag(5), version: version(5) });
  });

  test('updates the item it has just made instead of making a second one', () => {
    const memory = known({ lineage: ['', version(2)], values: { alive: 'true', name: 'Acorn' } });
    const step = plan(jobOf(creation({ wishes: [born, wish('name', 'Birch', 't2')] }), memory));
    expect(step).toMatchObject({ do: 'update', itemId: '7', etag: etag(2), columns: { Title: 'Birch' } });
  });

  test('looks before it makes an item for a command that knows less than itself: a user may have deleted the first one', () => {
    const job = jobOf(creation({ wishes: [born, wish('name', 'Acorn')] }), known({ lineage: [version(1)] }));
    expect(plan(job)).toMatchObject({ do: 'read' });
  });

  const seenGone = known({
    exists: false,
    etag: '',
    version: `${version(2)}-deleted`,
    lineage: [`${version(2)}-deleted`],
    sources: { alive: 't1', name: 't1' },
  });

  test('looks before it makes an item whose delete by a user it has seen and the decision has not (I5)', () => {
    expect(plan(jobOf(creation(), seenGone))).toEqual({ do: 'find' });
  });

  test('makes an item again at once when the decision has seen that the former one is gone', () => {
    const again = creation({ basis: `${version(2)}-deleted` });
    expect(plan(jobOf(again, seenGone)).do).toBe('create');
    expect(
      plan(jobOf(creation({ basis: sharepointGone({ itemId: '7', generation: 0 }) }), seenGone)).do,
    ).toBe('create');
  });

  test('knows nothing of a list by what it did in another', () => {
    expect(plan(jobOf(creation({ listId: 'new list' }), seenGone)).do).toBe('create');
  });

  test('answers a command that it has carried out before at once', () => {
    const step = plan(jobOf(command(), known()));
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'written', version: version(2), etag: etag(2) },
    });
  });

  test('looks at the item when it was seen to hold what is wished, but never answered for that', () => {
    const seen = known({ version: version(1), etag: etag(1), lineage: [version(1)], sources: {} });
    expect(plan(jobOf(command(), seen))).toEqual({ do: 'read', itemId: '7' });
    const younger = jobOf(command({ wishes: [wish('name', 'Acorn', 't2')] }), known());
    expect(plan(younger)).toEqual({ do: 'read', itemId: '7' });
  });

  test('reads instead of writing a wish that is older than what it wrote itself (B12)', () => {
    const step = plan(
      jobOf(command({ wishes: [wish('name', 'Old', 't1')] }), known({ sources: { name: 't2' } })),
    );
    expect(step).toEqual({ do: 'read', itemId: '7' });
  });

  test('does not delete what a younger wish of its own keeps alive (B12)', () => {
    const step = plan(jobOf(command({ wishes: [dead] }), known({ sources: { alive: 't2' } })));
    expect(step.do).toBe('read');
  });
});

describe('values that cannot stand in their column', () => {
  test('are refused while the others are written', () => {
    const job = jobOf(command({ wishes: [wish('name', 'x'.repeat(256)), wish('industry', 'Wood')] }));
    expect(job.refusals).toEqual([
      { field: 'name', code: 'too-long', reason: expect.stringContaining('256') as unknown },
    ]);
    expect(plan(job)).toMatchObject({ do: 'update', columns: { Industry: 'Wood', LastSyncedAt: NOW_ISO } });
  });

  test('are answered as refused when nothing else is wished', () => {
    const wishes = [wish('name', 'a\nb')];
    const job = jobOf(command({ wishes }));
    expect(job.refusals[0]).toMatchObject({ field: 'name', code: 'line-break' });
    expect(plan(job)).toMatchObject({ do: 'answer', answer: { kind: 'refused', wishes, version: '' } });
  });

  test('a field that the mapping does not have is refused by name', () => {
    expect(jobOf(command({ wishes: [wish('colour', 'red')] })).refusals[0]).toMatchObject({
      code: 'no-such-field',
    });
  });
});
