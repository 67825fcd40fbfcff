/** The mappings, by object. */
import type { ObjectMapping } from './mapping.ts';
import { company } from './objects/company.ts';
import { opportunity } from './objects/opportunity.ts';
import { person } from './objects/person.ts';

export { partsOf, type Codec, type Encoded, type RowValue } from './codec.ts';
export * from './mapping.ts';

const MAPPINGS: Readonly<Record<string, ObjectMapping>> = { company, person, opportunity };

/** The mapping of an object; undefined when the object is not synced. */
export function mappingOf(object: string): ObjectMapping | undefined {
  return MAPPINGS[object];
}

/** Names of the objects that have a mapping. */
export const MAPPED_OBJECTS: readonly string[] = Object.keys(MAPPINGS);
