import { Memberships } from './memberships.ts';

const at = { topic: 't', partition: 0 };
const other = { topic: 't', partition: 1 };

function reading(from: bigint, next: bigint): Memberships {
  const memberships = new Memberships();
  memberships.join([at, other], false);
  expect(memberships.take(at, from, next)).toBeNull();
  return memberships;
}

test('what a fetch of the membership before brings is not taken: it is read from what is committed', () => {
  const memberships = reading(100n, 120n);
  memberships.commit([{ ...at, offset: 110n }]);
  memberships.join([at, other], false);
  expect(memberships.take(at, 120n, 130n)).toBe(110n);
  expect(memberships.take(at, 110n, 130n)).toBeNull();
});

test('where nothing was committed, it is read from where the reading began', () => {
  const memberships = reading(100n, 120n);
  memberships.join([at], false);
  expect(memberships.take(at, 120n, 130n)).toBe(100n);
});

test('a partition that was another’s in between is told apart too', () => {
  const memberships = reading(100n, 120n);
  memberships.join([other], true);
  memberships.join([at, other], true);
  expect(memberships.take(at, 120n, 130n)).toBe(100n);
});

test.each([
  ['the first batch of all', 7n, new Memberships()],
  ['one that begins at what is committed', 110n, reading(100n, 120n)],
  ['one that begins after what another member has done', 500n, reading(100n, 120n)],
])('%s is taken', (_, from, memberships) => {
  memberships.join([at], false);
  expect(memberships.take(at, from, from + 1n)).toBeNull();
});

test('when all was committed, nothing can be left out', () => {
  const memberships = reading(100n, 120n);
  memberships.commit([{ ...at, offset: 120n }]);
  memberships.join([at], false);
  expect(memberships.take(at, 120n, 130n)).toBeNull();
});

test('the same member reads on', () => {
  const memberships = reading(100n, 120n);
  memberships.join([at], true);
  expect(memberships.take(at, 120n, 130n)).toBeNull();
});

test('a position that is asked for by name is read from there', () => {
  const memberships = reading(100n, 120n);
  memberships.join([at], false);
  memberships.seek({ ...at, offset: 120n });
  expect(memberships.take(at, 120n, 130n)).toBeNull();
});
