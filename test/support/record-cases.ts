/** Every mapped field of every object, with values as Twenty and as SharePoint hold them. */
import { randomBytes } from 'node:crypto';
import type { Row } from './crm.ts';
import type { Fields } from './sharepoint.ts';
import type { SyncedObject, Workspace } from './workspaces.ts';

/** The same value on both sides. */
export interface Pair {
  readonly row: Row;
  readonly item: Fields;
}

export interface FieldCase {
  readonly field: string;
  /** Twenty 1.5 only: the column is gone in later generations. */
  readonly old?: true;
  /** Twenty has no empty value for it. */
  readonly required?: true;
  readonly first: Pair;
  readonly second: Pair;
}

/** A word that no other test run uses. */
export const unique = (): string => randomBytes(5).toString('hex');

function plain(field: string, column: string, target: string, first: unknown, second: unknown): FieldCase {
  const pair = (value: unknown): Pair => ({ row: { [column]: value }, item: { [target]: value } });
  return { field, first: pair(first), second: pair(second) };
}

function money(
  field: string,
  column: string,
  target: { amount: string; exact: string; currency: string },
): FieldCase {
  const pair = (micros: string, exact: string, currency: string): Pair => ({
    row: { [`${column}AmountMicros`]: micros, [`${column}CurrencyCode`]: currency },
    item: { [target.amount]: Number(exact), [target.exact]: exact, [target.currency]: currency },
  });
  // Both are beyond 2^53: a double cannot hold them.
  return {
    field,
    first: pair('9007199254740993', '9007199254.740993', 'EUR'),
    second: pair('90071992547409930001', '90071992547409.930001', 'USD'),
  };
}

function grouped(
  field: string,
  parts: readonly (readonly [column: string, target: string, first: string, second: string])[],
): FieldCase {
  const pair = (at: 2 | 3): Pair => ({
    row: Object.fromEntries(parts.map((part) => [part[0], part[at]])),
    item: Object.fromEntries(parts.map((part) => [part[1], part[at]])),
  });
  return { field, first: pair(2), second: pair(3) };
}

const company = (word: string, { generation }: Workspace): FieldCase[] => [
  plain('name', 'name', 'Title', `Alder ${word}`, `Birch ${word}`),
  plain(
    'domainName',
    'domainNamePrimaryLinkUrl',
    'DomainName',
    `https://${word}.example`,
    `https://${word}.example/shop`,
  ),
  plain('employees', 'employees', 'Employees', 120, 7.5),
  money('annualRevenue', generation === '1.5' ? 'annualRecurringRevenue' : 'annualRevenue', {
    amount: 'AnnualRevenue',
    exact: 'AnnualRevenueExact',
    currency: 'AnnualRevenueCurrency',
  }),
  plain(
    'linkedinLink',
    'linkedinLinkPrimaryLinkUrl',
    'LinkedInUrl',
    `https://network.example/${word}`,
    'https://network.example/other',
  ),
  grouped('address', [
    ['addressAddressStreet1', 'AddressStreet1', '1 Mill Lane', '2 Quay Street'],
    ['addressAddressStreet2', 'AddressStreet2', 'Door “B”', 'Top floor'],
    ['addressAddressCity', 'AddressCity', 'Grünhafen', 'Ostermarsch'],
    ['addressAddressState', 'AddressState', 'North', 'South'],
    ['addressAddressPostcode', 'AddressPostcode', '01234', '98765'],
    ['addressAddressCountry', 'AddressCountry', 'Norland', 'Sudland'],
  ]),
  { ...plain('idealCustomerProfile', 'idealCustomerProfile', 'Icp', true, false), old: true, required: true },
];

const person = (word: string): FieldCase[] => [
  plain('firstName', 'nameFirstName', 'FirstName', 'Ansel', 'Berta'),
  plain('lastName', 'nameLastName', 'LastName', `Calder ${word}`, `Dunmore ${word}`),
  plain('email', 'emailsPrimaryEmail', 'Email', `ansel@${word}.example`, `berta@${word}.example`),
  grouped('phone', [
    ['phonesPrimaryPhoneNumber', 'Phone', '5550101', '5550202'],
    ['phonesPrimaryPhoneCallingCode', 'PhoneCallingCode', '+49', '+33'],
    ['phonesPrimaryPhoneCountryCode', 'PhoneCountryCode', 'DE', 'FR'],
  ]),
  plain('jobTitle', 'jobTitle', 'JobTitle', 'Buyer', 'Head of buying'),
  plain(
    'linkedinLink',
    'linkedinLinkPrimaryLinkUrl',
    'LinkedInUrl',
    `https://network.example/${word}`,
    'https://network.example/other',
  ),
  { ...plain('city', 'city', 'City', 'Grünhafen', 'Ostermarsch'), old: true },
];

const opportunity = (word: string): FieldCase[] => [
  plain('name', 'name', 'Title', `Harbour ${word}`, `Quarry ${word}`),
  money('amount', 'amount', { amount: 'Amount', exact: 'AmountExact', currency: 'Currency' }),
  { ...plain('stage', 'stage', 'Stage', 'MEETING', 'CUSTOMER'), required: true },
  {
    field: 'closeDate',
    first: { row: { closeDate: '2027-03-02T11:52:12.000Z' }, item: { CloseDate: '2027-03-02T11:52:12Z' } },
    second: { row: { closeDate: '2028-02-29T23:59:59.000Z' }, item: { CloseDate: '2028-02-29T23:59:59Z' } },
  },
];

/** The fields of an object that a workspace has; `word` makes the values that must be unique. */
export function casesOf(object: SyncedObject, workspace: Workspace, word: string): FieldCase[] {
  const cases = { company, person, opportunity }[object](word, workspace);
  return cases.filter((one) => one.old === undefined || workspace.generation === '1.5');
}

/** A whole record: all first or all second values. */
export function wholeOf(cases: readonly FieldCase[], which: 'first' | 'second'): Pair {
  return {
    row: Object.assign({}, ...cases.map((one) => one[which].row)) as Row,
    item: Object.assign({}, ...cases.map((one) => one[which].item)) as Fields,
  };
}

/** The same columns with nothing in them. */
export function blank(values: Row): Row {
  return Object.fromEntries(Object.keys(values).map((name) => [name, null]));
}

/** What Twenty's server writes to empty a field: 1.5 keeps an empty text where later generations keep NULL. */
export function emptied(row: Row, { generation }: Workspace): Row {
  const none = (column: string, value: unknown): unknown =>
    generation === '1.5' && typeof value === 'string' && !/Micros$|Date$/.test(column) ? '' : null;
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, none(column, value)]));
}
