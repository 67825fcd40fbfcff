import { SyncError, sharepointGone } from '@sync/core';
import {
  RECORD,
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
import type { Seen } from './job.ts';
import { settle } from './settle.ts';

const cutOff = new SyncError('GRAPH_UNAVAILABLE', 'cut off');
const lost: Seen = { saw: 'doubtful', error: cutOff };
const badRequest: Seen = { saw: 'refused', status: 400, code: 'invalidRequest', message: 'No' };
const seen = (given: ReturnType<typeof item>): Seen => ({ saw: 'item', item: given });
const done = (number: number | null, itemId = '7'): Seen => ({
  saw: 'done',
  itemId,
  etag: number === null ? null : etag(number),
});
const nothing: Seen = { saw: 'nothing' };
const gone = `${version(1)}-deleted`;
const endOfLife = sharepointGone({ itemId: '7', generation: 0 });

describe('create', () => {
  test('is written, in the first life of the new item', () => {
    const { step } = walk(jobOf(creation()), [done(1, '9')]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'written', itemId: '9', version: version(1, '9'), picture: null },
    });
  });

  test.each<[string, Seen]>([
    ['is cut off', lost],
    ['is a duplicate', { saw: 'duplicate' }],
    ['meets 409', { saw: 'stale' }],
    ['meets 400', badRequest],
    ['meets 404', { saw: 'missing' }],
    ['tells no eTag', done(null)],
  ])('that %s looks for the item before anything else', (_, met) => {
    expect(walk(jobOf(creation()), [met]).step).toEqual({ do: 'find' });
  });

  test('whose item turns out to hold the wishes is already so, with the whole picture (B7)', () => {
    const { step } = walk(jobOf(creation()), [lost, seen(item(1, { Title: 'Acorn', Industry: 'Wood' }))]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: {
        kind: 'alreadySo',
        version: version(1),
        picture: { exists: true, values: { name: 'Acorn', industry: 'Wood', employees: null } },
      },
    });
  });

  test('whose item holds something else is stale and writes nothing', () => {
    const { step } = walk(jobOf(creation()), [{ saw: 'duplicate' }, seen(item(4, { Title: 'Birch' }))]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale', version: '', picture: { version: version(4), values: { name: 'Birch' } } },
    });
  });

  test('that was cut off and made no item waits with the error that cut it off', () => {
    expect(walk(jobOf(creation()), [lost, nothing]).step).toEqual({
      do: 'wait',
      error: cutOff,
    });
  });

  test('that was refused twice is refused', () => {
    const { requests, step, turn } = walk(jobOf(creation()), [badRequest, nothing, badRequest, nothing]);
    expect(requests.map((request) => request.do)).toEqual(['create', 'find', 'create', 'find']);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'refused' } });
    expect(turn.job.refusals.map(({ field, code }) => [field, code])).toEqual([
      ['alive', 'invalid-request'],
      ['name', 'invalid-request'],
    ]);
  });

  test.each([
    ['which the command does not name', creation()],
    ['which the command names as well', creation({ wishes: [born, wish('identity', RECORD)] })],
  ])('never happens without the identity column, %s', (_, given) => {
    const noColumn: Seen = { saw: 'unknownColumn', column: 'TwentyId' };
    let { turn } = walk(jobOf(given), []);
    while (turn.step.do === 'create' || turn.step.do === 'find') {
      turn = settle(turn.job, turn.step, turn.step.do === 'create' ? noColumn : nothing);
    }
    expect(turn.step).toMatchObject({ do: 'wait', error: { code: 'LIST_NOT_READY' } });
  });

  test('counts the next life of an item that a user brought back meanwhile', () => {
    const job = jobOf(command({ basis: endOfLife, etag: null, wishes: [born] }));
    const { step } = walk(job, [seen(item(3))]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'alreadySo', version: version(3, '7', 1) } });
  });

  test('makes a new item when the old one is gone still', () => {
    const job = jobOf(command({ basis: endOfLife, etag: null, wishes: [born] }));
    const { requests, step } = walk(job, [{ saw: 'missing' }, { saw: 'nothing' }]);
    expect(requests.map((request) => request.do)).toEqual(['read', 'find']);
    expect(step).toMatchObject({ do: 'create' });
  });
});

describe('an item that came back after its record had gone on in another one', () => {
  const older = seen(item(4, {}, '6'));
  const rebirth = command({ basis: endOfLife, etag: null, wishes: [born] });

  test('is no item of the record', () => {
    const { step } = walk(jobOf(command()), [{ saw: 'missing' }, older]);
    const picture = { exists: false, itemId: '7', version: gone };
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'stale', picture } });
  });

  test('is waited for while it holds the id of the record', () => {
    const { step } = walk(jobOf(rebirth), [{ saw: 'missing' }, older]);
    expect(step).toMatchObject({ do: 'wait', error: { code: 'GRAPH_UNAVAILABLE' } });
  });

  test('is not read again when it was seen before', () => {
    const memory = known({ itemId: '6', version: version(4, '6'), lineage: [version(4, '6')] });
    const { requests } = walk(jobOf(rebirth, memory), [{ saw: 'missing' }, nothing]);
    expect(requests).toEqual([{ do: 'read', itemId: '7' }, { do: 'find' }]);
  });
});

describe('a life that was wished for while the item still stood', () => {
  const taken = command({ wishes: [born, wish('name', 'Birch')] });

  test('looks at the item, and makes no second one', () => {
    const { requests, step } = walk(jobOf(taken), [seen(item(4, { Title: 'Cedar' }))]);
    expect(requests).toEqual([{ do: 'read', itemId: '7' }]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'stale', picture: { exists: true } } });
  });

  test('makes a new item when this writer has deleted the old one since', () => {
    const memory = known({ exists: false, lineage: [version(1), gone], version: gone });
    expect(walk(jobOf(taken, memory), []).step).toMatchObject({ do: 'create' });
  });
});

describe('update', () => {
  test('is written', () => {
    const { step, turn } = walk(jobOf(command()), [done(2)]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'written', itemId: '7', etag: etag(2), version: version(2), picture: null },
    });
    expect(turn.job.attempts).toBe(1);
  });

  test('without an eTag in the answer is read, and hands over all of it (B7)', () => {
    const { requests, step } = walk(jobOf(command()), [
      done(null),
      seen(item(2, { Title: 'Acorn', Industry: 'Wood' })),
    ]);
    expect(requests[1]).toEqual({ do: 'read', itemId: '7' });
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'written', version: version(2), picture: { values: { industry: 'Wood' } } },
    });
  });

  test('that is read after a user changed the value again is stale', () => {
    const { step } = walk(jobOf(command()), [done(null), seen(item(3, { Title: 'Birch' }))]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'stale' } });
  });

  test('of an item that moved is stale, with the whole picture (B7)', () => {
    const { step } = walk(jobOf(command()), [
      { saw: 'stale' },
      seen(item(4, { Title: 'Birch', Employees: 3 })),
    ]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: {
        kind: 'stale',
        etag: etag(4),
        picture: { version: version(4), values: { name: 'Birch', employees: '3' } },
      },
    });
  });

  test('that was carried out before a restart is already so', () => {
    const { step } = walk(jobOf(command()), [{ saw: 'stale' }, seen(item(2, { Title: 'Acorn' }))]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'alreadySo', version: version(2) } });
  });

  test('of an item that did not move is sent again with the eTag as it was read, then waits', () => {
    const unmoved = seen({ ...item(1), etag: '"{UID},1"' });
    const { requests, step } = walk(jobOf(command()), [
      { saw: 'stale' },
      unmoved,
      { saw: 'stale' },
      unmoved,
      { saw: 'stale' },
      unmoved,
    ]);
    expect(requests[2]).toMatchObject({ do: 'update', etag: '"{UID},1"', version: version(1) });
    expect(step).toMatchObject({ do: 'wait', error: { code: 'GRAPH_UNAVAILABLE' } });
  });

  test('of a deleted item is stale and never makes a new one', () => {
    const { requests, step } = walk(jobOf(command()), [{ saw: 'missing' }, nothing]);
    expect(requests[1]).toEqual({ do: 'find' });
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale', picture: { exists: false, version: gone } },
    });
  });

  test('that finds another item of the record is stale with that item', () => {
    const { step } = walk(jobOf(command()), [{ saw: 'missing' }, seen(item(1, {}, '9'))]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale', itemId: '9', picture: { version: version(1, '9') } },
    });
  });

  test('without a column refuses the field that owns it and writes the rest', () => {
    const job = jobOf(command({ wishes: [wish('name', 'Acorn'), wish('industry', 'Wood')] }));
    const { requests, step, turn } = walk(job, [{ saw: 'unknownColumn', column: 'Industry' }, done(2)]);
    expect(requests[1]).toMatchObject({ do: 'update', columns: { Title: 'Acorn' } });
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'written', wishes: [{ field: 'name' }] } });
    expect(turn.job.refusals).toEqual([
      { field: 'industry', code: 'missing-column', reason: expect.stringContaining('Industry') as unknown },
    ]);
  });

  test('without any of its columns is refused', () => {
    const { step } = walk(jobOf(command()), [{ saw: 'unknownColumn', column: 'Title' }]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'refused', wishes: [{ field: 'name' }] } });
  });

  test('goes on without the time of the write when the list lacks that column', () => {
    const { requests } = walk(jobOf(command()), [{ saw: 'unknownColumn', column: 'LastSyncedAt' }, done(2)]);
    expect(requests[1]).toMatchObject({ columns: { Title: 'Acorn' } });
    expect(requests[1]).not.toHaveProperty('columns.LastSyncedAt');
  });

  test('that meets an unexplained 400 is sent once more, and then refused in the words of Graph', () => {
    expect(walk(jobOf(command()), [badRequest, done(2)]).step).toMatchObject({
      do: 'answer',
      answer: { kind: 'written' },
    });
    const { step, turn } = walk(jobOf(command()), [badRequest, badRequest]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'refused' } });
    expect(turn.job.refusals).toEqual([
      { field: 'name', code: 'invalid-request', reason: 'Graph 400 invalidRequest: No' },
    ]);
  });
});

describe('delete', () => {
  const deletion = command({ wishes: [dead] });

  test('is written, right behind the number it met, so that a restore in the same life is younger', () => {
    const { step } = walk(jobOf(deletion), [{ saw: 'done', itemId: '7', etag: null }]);
    const at = `${version(1)}-deleted`;
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'written', version: at, etag: null } });
    expect([version(2), at, version(1)].sort()).toEqual([version(1), at, version(2)]);
  });

  test('of an item that is gone is already so', () => {
    const { step } = walk(jobOf(deletion), [{ saw: 'missing' }, nothing]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'alreadySo', version: endOfLife, picture: { exists: false } },
    });
  });

  test('of an item that a user has edited is stale and deletes nothing', () => {
    const { step } = walk(jobOf(deletion), [{ saw: 'stale' }, seen(item(4, { Title: 'Birch' }))]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale', picture: { exists: true, values: { name: 'Birch' } } },
    });
  });
});

describe('a look', () => {
  const outdated = known({ sources: { name: 't2' } });

  test('answers an outdated wish with what stands there and writes nothing (B12)', () => {
    const { step } = walk(jobOf(command({ wishes: [wish('name', 'Old')] }), outdated), [
      seen(item(2, { Title: 'Acorn' })),
    ]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale', picture: { values: { name: 'Acorn' } } },
    });
  });

  test('finds an outdated wish already so when its value stands', () => {
    const { step } = walk(jobOf(command(), outdated), [seen(item(2, { Title: 'Acorn' }))]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'alreadySo' } });
  });

  test('goes on to write when the item is what the decision saw', () => {
    const { step } = walk(jobOf(command({ etag: null })), [seen(item(1))]);
    expect(step).toMatchObject({ do: 'update', etag: etag(1), version: version(1) });
  });

  test('believes that an item is missing only after a search has worked', () => {
    expect(walk(jobOf(command({ etag: null })), [nothing]).step).toEqual({ do: 'find' });
  });
});
