import {
  dateTimeField,
  identityField,
  moneyFields,
  relationFields,
  textColumn,
  textField,
} from '../columns.ts';
import type { ObjectMapping } from '../mapping.ts';

export const opportunity: ObjectMapping = {
  object: 'opportunity',
  label: ['name'],
  fields: [
    identityField,
    textField('name', 'name', textColumn('Title', 'Title')),
    ...moneyFields(
      'amount',
      ['amount'],
      { amount: 'Amount', exact: 'AmountExact', currency: 'Currency' },
      'Amount',
    ),
    textField('stage', 'stage', textColumn('Stage', 'Stage')),
    dateTimeField('closeDate', 'Close date'),
    textField('probability', 'probability', textColumn('Probability', 'Probability')),
    ...relationFields('company', 'companyId', {
      object: 'company',
      idColumn: 'CompanyTwentyId',
      nameColumn: 'CompanyName',
      displayName: 'Company',
    }),
    ...relationFields('pointOfContact', 'pointOfContactId', {
      object: 'person',
      idColumn: 'PointOfContactTwentyId',
      nameColumn: 'PointOfContactName',
      displayName: 'Point of contact',
    }),
  ],
};
