/** What happens to a referring row when the row it points to is destroyed. */
export type OnDelete = 'SET NULL' | 'CASCADE';

/** One field of an object, in Twenty's words. */
export interface FieldSpec {
  readonly name: string;
  readonly type: string;
  /** Whether the columns accept NULL; left out = as the generation does it for this type. */
  readonly nullable?: boolean;
  /** Default as SQL; for ACTOR the default of the name; left out = as the generation does it. */
  readonly defaultSql?: string;
  readonly options?: readonly string[];
  /** Suffix of the column with a unique index ('' = the field's own column). */
  readonly unique?: string;
  /** Many-to-one: which object it points to, and the name of the field on the other side. */
  readonly relation?: { readonly to: string; readonly onDelete: OnDelete; readonly inverse: string };
  readonly custom?: boolean;
  readonly system?: boolean;
}

/** One object (table) of a workspace. */
export interface ObjectSpec {
  readonly nameSingular: string;
  readonly namePlural: string;
  readonly custom?: boolean;
  readonly system?: boolean;
  readonly fields: readonly FieldSpec[];
  /** Text columns that feed the generated `searchVector`; left out = the object has none. */
  readonly search?: readonly string[];
}

/** A field of any type. */
export function field(name: string, type: string, rest: Omit<FieldSpec, 'name' | 'type'> = {}): FieldSpec {
  return { name, type, ...rest };
}

/** A many-to-one relation; its column is `<name>Id`. */
export function relation(name: string, to: string, onDelete: OnDelete, inverse: string): FieldSpec {
  return { name, type: 'RELATION', relation: { to, onDelete, inverse } };
}

/** One leg of a relation to several kinds of object. */
export function morph(name: string, to: string, onDelete: OnDelete, inverse: string): FieldSpec {
  return { name, type: 'MORPH_RELATION', relation: { to, onDelete, inverse } };
}

/** The table of an object: custom ones carry an underscore (`compute-table-name.util.ts`). */
export function tableOf(object: ObjectSpec): string {
  return object.custom ? `_${object.nameSingular}` : object.nameSingular;
}

/** The foreign key column of a relation, or null. */
export function joinColumnOf(spec: FieldSpec): string | null {
  return spec.relation ? `${spec.name}Id` : null;
}
