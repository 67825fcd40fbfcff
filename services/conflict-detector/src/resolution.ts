/** A person's decision, checked and put into the words of the brain. */
import { ALIVE } from '@sync/core';
import type { ConflictKind, MappingField, Resolution } from '@sync/core';
import type { Choice, Input } from './brain/input.ts';

const CHOICES: readonly string[] = ['twenty', 'sharepoint', 'value'] satisfies Choice[];

/** Why a decision cannot be carried out, as a sentence for whoever made it; null when it can. */
export function mistakeIn(
  { field, choice, value }: Resolution,
  fields: readonly MappingField[],
): string | null {
  if (!CHOICES.includes(choice)) return `choice ${choice} is none of ${CHOICES.join(', ')}`;
  if (field === ALIVE)
    return choice === 'value' ? 'alive takes twenty or sharepoint: a record is there or it is not' : null;
  const known = fields.find(({ name }) => name === field);
  if (known === undefined)
    return `the object has no field ${field}; it has ${fields.map(({ name }) => name).join(', ')}`;
  if (known.derived !== undefined && choice !== 'twenty')
    return `${field} follows from other values in Twenty: choose twenty, or change those`;
  return choice === 'value' ? unfit(known, value) : null;
}

/** A value counts when either side can hold it and would give it back as it is. */
function unfit({ name, codec }: MappingField, value: string | null): string | null {
  if (value !== null && !isReadable(codec, value))
    return `${name}: ${value} is not in the canonical form of the field`;
  const [row, item] = [codec.toRow(value), codec.toItem(value)];
  if (!row.ok) return `${name}: ${row.reason}`;
  return item.ok ? null : `${name}: ${item.reason}`;
}

function isReadable(codec: MappingField['codec'], value: string): boolean {
  try {
    const encoded = codec.toItem(value);
    return !encoded.ok || codec.fromItem(encoded.values) === value;
  } catch {
    // A group that is no JSON array.
    return false;
  }
}

export function resolved({
  field,
  kind,
  choice,
  value,
  twentyValue,
  sharepointValue,
  decidedAt,
}: Resolution): Input {
  return {
    kind: 'resolution',
    field,
    conflict: kind as ConflictKind,
    choice: choice as Choice,
    value,
    twentyValue,
    sharepointValue,
    decidedAt,
  };
}
