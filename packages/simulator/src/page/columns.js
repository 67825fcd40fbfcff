import { element } from './dom.js';

const FACETS = ['text', 'number', 'currency', 'dateTime', 'boolean', 'choice', 'lookup', 'personOrGroup'];

export const facetOf = (column) => FACETS.find((facet) => column[facet]) ?? 'text';
export const isNumber = (column) => ['number', 'currency'].includes(facetOf(column));
/** The name under which a column is written. */
export const writeName = (column) =>
  ['lookup', 'personOrGroup'].includes(facetOf(column)) ? `${column.name}LookupId` : column.name;

/** A value as a person reads it. */
export function shown(column, value) {
  if (value === undefined) return '';
  const facet = facetOf(column);
  if (facet === 'boolean') return value ? 'Yes' : 'No';
  if (facet === 'dateTime') return column.dateTime.format === 'dateOnly' ? value.slice(0, 10) : moment(value);
  if (isNumber(column)) return value.toLocaleString('en-GB', { maximumFractionDigits: 6 });
  return Array.isArray(value) ? value.join(', ') : String(value);
}

export const moment = (iso) => iso.replace('T', ' ').replace('Z', '');

/** The input for a column, holding a value. */
export function inputFor(column, value) {
  const testid = { 'data-testid': `field-${column.name}`, name: column.name };
  const facet = facetOf(column);
  if (facet === 'boolean') return choice(testid, ['true', 'false'], value, { true: 'Yes', false: 'No' });
  if (facet === 'choice') return choiceInput(column, testid, value);
  if (facet === 'text' && column.text.allowMultipleLines) {
    const area = element('textarea', { ...testid, rows: '5' });
    area.value = value ?? '';
    return area;
  }
  const input = element('input', {
    ...testid,
    autocomplete: 'off',
    maxlength: column.text?.maxLength ?? null,
  });
  if (isNumber(column)) input.inputMode = 'decimal';
  if (facet === 'dateTime') input.placeholder = '2026-03-02T11:52:12Z';
  input.value = Array.isArray(value) ? value.join(', ') : (value ?? '');
  return input;
}

function choiceInput(column, testid, value) {
  if (column.choice.displayAs === 'checkBoxes')
    return inputFor({ ...column, choice: undefined, text: {} }, value);
  const offered = column.choice.choices;
  return choice(
    testid,
    value === undefined || offered.includes(value) ? offered : [...offered, value],
    value,
    {},
  );
}

function choice(attributes, values, value, labels) {
  const options = ['', ...values].map((one) => element('option', { value: one }, labels[one] ?? one));
  const select = element('select', attributes, ...options);
  select.value = value === undefined ? '' : String(value);
  return select;
}

/** What an input's text means for its column; `null` blanks the column. */
export function written(column, text) {
  if (text === '') return null;
  const facet = facetOf(column);
  if (facet === 'boolean') return text === 'true';
  if (isNumber(column)) return Number.isNaN(Number(text)) ? text : Number(text);
  if (facet === 'choice' && column.choice.displayAs === 'checkBoxes')
    return text.split(',').map((one) => one.trim());
  return text;
}
