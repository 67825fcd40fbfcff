import { badRequest, invalidRequest, isRefusal, refuse } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Column, Facet, FieldValue } from '../state/model.ts';
import { isObject } from './facet.ts';
import { wholeSeconds } from './timestamp.ts';

/** Longest plain text a multi-line column keeps in a list. */
const MAX_NOTE = 63_999;

export interface ValueRules {
  /** Whether a value outside `choices` is refused when `allowTextEntry` is false. */
  readonly strictChoice: boolean;
  readonly itemExists: (listId: string, itemId: number) => boolean;
}

interface Written {
  readonly column: Column;
  readonly value: unknown;
  /** The `X@odata.type` sent beside the value. */
  readonly odataType: unknown;
  readonly rules: ValueRules;
}

/** What is stored for a written value: a value, `null` for blank, or a refusal. */
export function storedValue(written: Written): FieldValue | null | Refusal {
  if (written.value === null) return null;
  return READERS[written.column.facet](written);
}

const READERS: Record<Facet, (written: Written) => FieldValue | null | Refusal> = {
  text: ({ column, value }) => {
    if (typeof value !== 'string') return wrongType(column, 'a string');
    const limit = column.settings['allowMultipleLines'] === true ? MAX_NOTE : maxLength(column);
    if (value.length > limit)
      return invalidRequest(`column '${column.name}' takes at most ${limit} characters`);
    return value === '' ? null : value;
  },
  number: readNumber,
  currency: readNumber,
  boolean: ({ column, value }) => (typeof value === 'boolean' ? value : wrongType(column, 'true or false')),
  dateTime: readDate,
  choice: readChoice,
  lookup: readLookup,
  personOrGroup: ({ column, value }) => lookupId(column, value),
  hyperlinkOrPicture: ({ column }) => invalidRequest(`column '${column.name}' is not writable through Graph`),
};

function readNumber({ column, value }: Written): FieldValue | Refusal {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(column, 'a number');
  const { minimum, maximum } = column.settings;
  if (typeof minimum === 'number' && value < minimum)
    return invalidRequest(`column '${column.name}': below ${minimum}`);
  if (typeof maximum === 'number' && value > maximum)
    return invalidRequest(`column '${column.name}': above ${maximum}`);
  return value;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

function readDate({ column, value }: Written): FieldValue | null | Refusal {
  if (value === '') return null;
  if (typeof value !== 'string' || !ISO_DATE.test(value)) return wrongType(column, 'an ISO 8601 date');
  const withZone = /T.*(Z|[+-]\d\d:\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`;
  const at = Date.parse(withZone);
  if (Number.isNaN(at) || at < Date.UTC(1900, 0, 1) || at >= Date.UTC(8901, 0, 1)) {
    return invalidRequest(`column '${column.name}': date outside 1900-01-01..8900-12-31`);
  }
  // A dateOnly column keeps local midnight of the site; this simulator's sites are in UTC.
  return column.settings['format'] === 'dateOnly'
    ? `${wholeSeconds(at).slice(0, 10)}T00:00:00Z`
    : wholeSeconds(at);
}

function readChoice({ column, value, odataType, rules }: Written): FieldValue | null | Refusal {
  if (column.settings['displayAs'] === 'checkBoxes') return readChoices(column, value, odataType);
  if (typeof value !== 'string') return wrongType(column, 'a string');
  if (value === '') return null;
  const open = column.settings['allowTextEntry'] === true || !rules.strictChoice;
  return open || choicesOf(column).includes(value)
    ? value
    : invalidRequest(`column '${column.name}' has no choice '${value}'`);
}

function readChoices(column: Column, value: unknown, odataType: unknown): FieldValue | null | Refusal {
  if (isObject(value)) return invalidRequest(`column '${column.name}' takes an array of strings`);
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    return wrongType(column, 'an array of strings');
  }
  if (odataType !== 'Collection(Edm.String)') {
    return badRequest('A value without a type name was found and no expected type is available.');
  }
  return value.length === 0 ? null : value;
}

function readLookup({ column, value, rules }: Written): FieldValue | null | Refusal {
  const id = lookupId(column, value);
  if (id === null || isRefusal(id)) return id;
  const listId = column.settings['listId'];
  const exists = typeof listId === 'string' && rules.itemExists(listId, Number(id));
  return exists ? id : refuse(500, 'generalException', 'General exception while processing');
}

function lookupId(column: Column, value: unknown): string | null | Refusal {
  if (value === '') return null;
  const id = typeof value === 'string' ? Number(value) : value;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1) {
    return refuse(500, 'generalException', 'General exception while processing', {
      detail: `column '${column.name}LookupId' takes a whole number`,
    });
  }
  return String(id);
}

const choicesOf = (column: Column): readonly unknown[] =>
  Array.isArray(column.settings['choices']) ? column.settings['choices'] : [];

const maxLength = (column: Column): number =>
  typeof column.settings['maxLength'] === 'number' ? column.settings['maxLength'] : 255;

const wrongType = (column: Column, wanted: string): Refusal =>
  invalidRequest(`column '${column.name}' takes ${wanted}`);
