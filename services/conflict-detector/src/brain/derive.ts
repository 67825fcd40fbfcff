/** Fields that only Twenty decides are computed from its other registers, never read from a change: replays cannot age them. */
import { ALIVE, partsOf, younger } from '@sync/core';
import type { MappingField, RecordState, Register } from '@sync/core';
import { isSeen, register, withRegister } from './state.ts';

/** The name of a related record and the version that gave it; null when it is not known. */
export type LabelOf = (
  object: string,
  recordId: string,
) => { readonly label: string | null; readonly version: string } | null;

/** Brings Twenty's registers of derived fields up to date. */
export function derive(
  state: RecordState,
  fields: readonly MappingField[],
  recordId: string,
  labelOf: LabelOf,
): RecordState {
  if (!isSeen(state, 'twenty', ALIVE)) return state;
  return fields.reduce((next, field) => deriveField(next, field, recordId, labelOf), state);
}

function deriveField(
  state: RecordState,
  field: MappingField,
  recordId: string,
  labelOf: LabelOf,
): RecordState {
  if (field.derived === undefined) return state;
  const known = state.twenty[field.name];
  const found = derivation(state, field.derived, recordId, labelOf);
  if (
    found === null ||
    (known !== undefined && known.value === found.value && known.version >= found.version)
  )
    return state;
  const version = younger(found.version, known?.version ?? '');
  return withRegister(state, 'twenty', field.name, { value: found.value, version, at: null });
}

function derivation(
  state: RecordState,
  from: NonNullable<MappingField['derived']>,
  recordId: string,
  labelOf: LabelOf,
): Pick<Register, 'value' | 'version'> | null {
  if (from.from === 'recordId') return { value: recordId, version: register(state, 'twenty', ALIVE).version };
  if (from.from === 'fields') return joined(from.fields.map((name) => register(state, 'twenty', name)));
  if (from.from === 'part') return part(register(state, 'twenty', from.field), from.index);
  if (!isSeen(state, 'twenty', from.reference)) return null;
  const reference = register(state, 'twenty', from.reference);
  const label = reference.value === null ? null : labelOf(from.object, reference.value);
  return { value: label?.label ?? null, version: younger(reference.version, label?.version ?? '') };
}

function joined(parts: readonly Register[]): Pick<Register, 'value' | 'version'> {
  const text = parts
    .map((part) => part.value ?? '')
    .join(' ')
    .trim();
  return { value: text === '' ? null : text, version: parts.map((part) => part.version).reduce(younger, '') };
}

/** The value of a group is a JSON array of texts; see core's codecs. */
function part(whole: Register, index: number): Pick<Register, 'value' | 'version'> {
  const parts = whole.value === null ? [] : partsOf(whole.value);
  return { value: parts[index] ?? null, version: whole.version };
}
