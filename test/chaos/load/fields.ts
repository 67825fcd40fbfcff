/** The three fields that the load writes: how a value is spelled on each side. */
import type { ColumnMap } from '../history/sharepoint-history.ts';

export interface LoadField {
  readonly field: string;
  readonly row: string;
  readonly column: string;
  /** A value that nobody else ever writes; `null` clears. */
  readonly spell: (number: number) => string | number;
  readonly mayBeBlank: boolean;
}

export const FIELDS: readonly LoadField[] = [
  { field: 'name', row: 'name', column: 'Title', spell: (n) => `Company ${n}`, mayBeBlank: false },
  { field: 'employees', row: 'employees', column: 'Employees', spell: (n) => n, mayBeBlank: true },
  {
    field: 'linkedinLink',
    row: 'linkedinLinkPrimaryLinkUrl',
    column: 'LinkedInUrl',
    spell: (n) => `https://network.example/${n}`,
    mayBeBlank: true,
  },
];

export const ROW_COLUMNS: ColumnMap = Object.fromEntries(FIELDS.map(({ row, field }) => [row, field]));
export const ITEM_COLUMNS: ColumnMap = Object.fromEntries(FIELDS.map(({ column, field }) => [column, field]));
