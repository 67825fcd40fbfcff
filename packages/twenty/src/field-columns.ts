/** What a column holds, as far as reading and writing it differ. */
export type ColumnKind =
  | 'text'
  | 'uuid'
  | 'boolean'
  | 'date'
  | 'timestamptz'
  | 'float8'
  | 'numeric'
  | 'jsonb'
  | 'text[]'
  | 'enum'
  | 'enum[]'
  | 'tsvector';

/** One column that a field is stored in. */
export interface FieldColumn {
  readonly column: string;
  readonly kind: ColumnKind;
}

/** As much of a field's metadata as decides its columns. */
export interface FieldShape {
  readonly name: string;
  readonly type: string;
  /** The foreign key column of a many-to-one relation (`settings.joinColumnName`). */
  readonly joinColumn?: string | null;
}

const SIMPLE: Readonly<Record<string, ColumnKind>> = {
  TEXT: 'text',
  UUID: 'uuid',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATE_TIME: 'timestamptz',
  NUMBER: 'float8',
  POSITION: 'float8',
  NUMERIC: 'numeric',
  SELECT: 'enum',
  RATING: 'enum',
  MULTI_SELECT: 'enum[]',
  ARRAY: 'text[]',
  RAW_JSON: 'jsonb',
  FILES: 'jsonb',
  TS_VECTOR: 'tsvector',
};

const RICH_TEXT = { Blocknote: 'text', Markdown: 'text' } as const;

const COMPOSITE: Readonly<Record<string, Readonly<Record<string, ColumnKind>>>> = {
  FULL_NAME: { FirstName: 'text', LastName: 'text' },
  LINKS: { PrimaryLinkLabel: 'text', PrimaryLinkUrl: 'text', SecondaryLinks: 'jsonb' },
  EMAILS: { PrimaryEmail: 'text', AdditionalEmails: 'jsonb' },
  PHONES: {
    PrimaryPhoneNumber: 'text',
    PrimaryPhoneCountryCode: 'text',
    PrimaryPhoneCallingCode: 'text',
    AdditionalPhones: 'jsonb',
  },
  ADDRESS: {
    AddressStreet1: 'text',
    AddressStreet2: 'text',
    AddressCity: 'text',
    AddressPostcode: 'text',
    AddressState: 'text',
    AddressCountry: 'text',
    AddressLat: 'numeric',
    AddressLng: 'numeric',
  },
  CURRENCY: { AmountMicros: 'numeric', CurrencyCode: 'text' },
  ACTOR: { Source: 'enum', WorkspaceMemberId: 'uuid', Name: 'text', Context: 'jsonb' },
  RICH_TEXT,
  RICH_TEXT_V2: RICH_TEXT,
};

/** The columns a field of Twenty is stored in; none for the "many" side of a relation and unknown types. */
export function columnsOfField(field: FieldShape): readonly FieldColumn[] {
  if (field.type === 'RELATION' || field.type === 'MORPH_RELATION') {
    return field.joinColumn ? [{ column: field.joinColumn, kind: 'uuid' }] : [];
  }
  const composite = COMPOSITE[field.type];
  if (composite) {
    return Object.entries(composite).map(([sub, kind]) => ({ column: field.name + sub, kind }));
  }
  const kind = SIMPLE[field.type];
  return kind ? [{ column: field.name, kind }] : [];
}
