import { DEMO_WORKSPACES } from './demo-database.ts';
import { inventedRows } from './invented-rows.ts';
import { domainOf } from './invented-names.ts';
import { nextName } from './visible-change.ts';

describe('invented rows', () => {
  it.each(DEMO_WORKSPACES.map(({ id, generation }) => [generation, id] as const))(
    'are the same in every run, and unique where Twenty wants it (%s)',
    (generation, id) => {
      const rows = inventedRows(id, generation);
      expect(inventedRows(id, generation)).toEqual(rows);
      const values = (key: string) =>
        rows.map((row) => row.values[key]).filter((value) => value !== undefined);
      for (const key of ['id', 'emailsPrimaryEmail', 'domainNamePrimaryLinkUrl']) {
        expect(new Set(values(key)).size).toBe(values(key).length);
      }
    },
  );

  it('live under .example', () => {
    expect(domainOf('Alder & Finch Tools')).toBe('alder-finch-tools.example');
  });
});

describe('the name after a visible change', () => {
  it.each([
    ['Gantry & Quill', 'Gantry & Quill (edit 1)'],
    ['Gantry & Quill (edit 9)', 'Gantry & Quill (edit 10)'],
  ])('%s → %s', (before, after) => expect(nextName(before)).toBe(after));
});
