/** A column as PostgreSQL itself describes it. */
export interface TwentyColumn {
  readonly name: string;
  /** `format_type`, e.g. `timestamp with time zone`, `workspace_x.company_stage_enum[]`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly generated: boolean;
  readonly hasDefault: boolean;
  /** Name of the type in pg_type, of the element for arrays: `text`, `numeric`, `company_stage_enum`. */
  readonly baseType: string;
  readonly isArray: boolean;
  /** The values of an enum (or of the elements of an enum array) in their order, else null. */
  readonly enumValues: readonly string[] | null;
}

/** One option of a SELECT, MULTI_SELECT or RATING field. */
export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly position: number;
}

/** A field of an object, from `core.fieldMetadata`. */
export interface TwentyField {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly active: boolean;
  readonly custom: boolean;
  readonly nullable: boolean;
  /** The columns it is stored in, those that are really there. */
  readonly columns: readonly string[];
  readonly options: readonly SelectOption[] | null;
  /** The object a relation points to, by its singular name. */
  readonly relationTarget: string | null;
}

/** An object (table) of a workspace, from `core.objectMetadata`. */
export interface TwentyObject {
  readonly id: string;
  readonly nameSingular: string;
  readonly namePlural: string;
  readonly labelPlural: string;
  /** The table's name, or null when the metadata speaks of a table that is not there. */
  readonly table: string | null;
  readonly custom: boolean;
  readonly active: boolean;
  readonly system: boolean;
  /** The field that names a record. */
  readonly labelField: string | null;
  readonly fields: readonly TwentyField[];
  readonly columns: readonly TwentyColumn[];
}

/** A workspace, from `core.workspace`. */
export interface TwentyWorkspace {
  readonly id: string;
  readonly displayName: string;
  readonly schema: string;
  /** ACTIVE, SUSPENDED, ... */
  readonly activationStatus: string;
  /** Grows with every change of the workspace's metadata. */
  readonly metadataVersion: number;
  readonly deletedAt: string | null;
  readonly objects: readonly TwentyObject[];
}
