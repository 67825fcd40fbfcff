import { email, text, url } from '../codec.ts';
import { groupField, identityField, relationFields, textColumn, textField } from '../columns.ts';
import type { ObjectMapping } from '../mapping.ts';

export const person: ObjectMapping = {
  object: 'person',
  label: ['nameFirstName', 'nameLastName'],
  fields: [
    identityField,
    // People edit the parts; the whole name cannot be taken apart again.
    {
      name: 'fullName',
      twenty: [['nameFirstName', 'nameLastName']],
      columns: [textColumn('Title', 'Title')],
      codec: text,
      derived: { from: 'fields', fields: ['firstName', 'lastName'] },
    },
    textField('firstName', 'nameFirstName', textColumn('FirstName', 'First name')),
    textField('lastName', 'nameLastName', textColumn('LastName', 'Last name')),
    textField('email', 'emailsPrimaryEmail', textColumn('Email', 'E-mail'), email),
    groupField('phone', [
      ['phonesPrimaryPhoneNumber', textColumn('Phone', 'Phone')],
      ['phonesPrimaryPhoneCallingCode', textColumn('PhoneCallingCode', 'Phone calling code')],
      ['phonesPrimaryPhoneCountryCode', textColumn('PhoneCountryCode', 'Phone country code')],
    ]),
    textField('jobTitle', 'jobTitle', textColumn('JobTitle', 'Job title')),
    ...relationFields('company', 'companyId', {
      object: 'company',
      idColumn: 'CompanyTwentyId',
      nameColumn: 'CompanyName',
      displayName: 'Company',
    }),
    textField('linkedinLink', 'linkedinLinkPrimaryLinkUrl', textColumn('LinkedInUrl', 'LinkedIn'), url),
    textField('city', 'city', textColumn('City', 'City')),
  ],
};
