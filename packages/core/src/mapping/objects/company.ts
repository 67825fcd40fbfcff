import { url } from '../codec.ts';
import {
  flagField,
  groupField,
  identityField,
  moneyFields,
  numberField,
  textColumn,
  textField,
} from '../columns.ts';
import type { ObjectMapping } from '../mapping.ts';

export const company: ObjectMapping = {
  object: 'company',
  label: ['name'],
  fields: [
    identityField,
    textField('name', 'name', textColumn('Title', 'Title')),
    textField('domainName', 'domainNamePrimaryLinkUrl', textColumn('DomainName', 'Domain'), url),
    numberField('employees', 'employees', 'Employees'),
    textField('industry', 'industry', textColumn('Industry', 'Industry')),
    // Workspaces made before Twenty 2.10 keep the older field; new ones have only the younger.
    ...moneyFields(
      'annualRevenue',
      ['annualRecurringRevenue', 'annualRevenue'],
      { amount: 'AnnualRevenue', exact: 'AnnualRevenueExact', currency: 'AnnualRevenueCurrency' },
      'Annual revenue',
    ),
    textField('linkedinLink', 'linkedinLinkPrimaryLinkUrl', textColumn('LinkedInUrl', 'LinkedIn'), url),
    groupField('address', [
      ['addressAddressStreet1', textColumn('AddressStreet1', 'Street')],
      ['addressAddressStreet2', textColumn('AddressStreet2', 'Street, second line')],
      ['addressAddressCity', textColumn('AddressCity', 'City')],
      ['addressAddressState', textColumn('AddressState', 'State')],
      ['addressAddressPostcode', textColumn('AddressPostcode', 'Postcode')],
      ['addressAddressCountry', textColumn('AddressCountry', 'Country')],
    ]),
    flagField('idealCustomerProfile', 'idealCustomerProfile', {
      column: 'Icp',
      displayName: 'Ideal customer',
    }),
  ],
};
