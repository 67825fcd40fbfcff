/** Column values of an item in the types of the change contract. */

export type ItemValue = null | boolean | number | string | readonly string[];

/** Columns as the contract holds them; OData annotations are no columns, and an object becomes JSON text. */
export function itemValues(fields: Readonly<Record<string, unknown>>): Record<string, ItemValue> {
  const columns = Object.entries(fields).filter(([name]) => !name.includes('@odata.'));
  return Object.fromEntries(columns.map(([name, value]) => [name, itemValue(value)]));
}

function itemValue(value: unknown): ItemValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  return isTextArray(value) ? value : JSON.stringify(value);
}

function isTextArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
