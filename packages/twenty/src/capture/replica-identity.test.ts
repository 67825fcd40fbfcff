import { planIdentity, writableWhenPublished } from './replica-identity.ts';
import type { TableIdentity } from './replica-identity.ts';

const PLAIN: TableIdentity = {
  schema: 'workspace_1',
  table: 'company',
  identity: 'd',
  hasKey: true,
  hasVirtual: false,
  hidingPublications: [],
};

describe('the replica identity of a table', () => {
  it('becomes full, and stays so', () => {
    expect(planIdentity(PLAIN, 180004)).toEqual({ kind: 'set', to: 'FULL' });
    expect(planIdentity({ ...PLAIN, identity: 'f' }, 180004)).toEqual({ kind: 'keep' });
  });

  it.each([{ hasVirtual: true }, { hidingPublications: ['other'] }])(
    'never becomes full on 18 where that would block the application (%j)',
    (danger) => {
      expect(planIdentity({ ...PLAIN, ...danger }, 180004)).toMatchObject({ kind: 'leave' });
      const full = { ...PLAIN, ...danger, identity: 'f' };
      expect(planIdentity(full, 180004)).toMatchObject({ kind: 'set', to: 'DEFAULT' });
      expect(planIdentity({ ...PLAIN, ...danger }, 160014)).toEqual({ kind: 'set', to: 'FULL' });
    },
  );

  it('must be full for a table without a key to be published', () => {
    expect(writableWhenPublished(PLAIN)).toBe(true);
    expect(writableWhenPublished({ ...PLAIN, hasKey: false })).toBe(false);
    expect(writableWhenPublished({ ...PLAIN, hasKey: false, identity: 'f' })).toBe(true);
    expect(writableWhenPublished({ ...PLAIN, identity: 'n' })).toBe(false);
  });
});
