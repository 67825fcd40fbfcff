/**
 * The instance-wide part of a Twenty database, as far as a sync reads it. One database holds workspaces of both
 * generations here, which a real one never does: the tables are shaped like 2.19's, with what only 1.5 has
 * (`isCustom`, `standardId`, `isUnique`, ...) as nullable columns, and `applicationId` nullable for 1.5's rows.
 */
export const CORE_STATEMENTS: readonly string[] = [
  `CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public`,
  `CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public`,
  `CREATE OR REPLACE FUNCTION public.unaccent_immutable(input text) RETURNS text LANGUAGE sql IMMUTABLE
   AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, input) $$`,
  `CREATE SCHEMA core`,
  `CREATE TYPE core."dataSource_type_enum" AS ENUM ('postgres')`,
  `CREATE TYPE core."indexMetadata_indextype_enum" AS ENUM ('BTREE', 'GIN')`,
  `CREATE TYPE core."workspace_activationStatus_enum" AS ENUM
   ('ONGOING_CREATION', 'PENDING_CREATION', 'ACTIVE', 'INACTIVE', 'SUSPENDED')`,
  `CREATE TABLE core.workspace (
     id uuid DEFAULT public.uuid_generate_v4() PRIMARY KEY,
     "displayName" varchar,
     subdomain varchar NOT NULL UNIQUE,
     "createdAt" timestamptz DEFAULT now() NOT NULL,
     "updatedAt" timestamptz DEFAULT now() NOT NULL,
     "deletedAt" timestamptz,
     "activationStatus" core."workspace_activationStatus_enum" DEFAULT 'INACTIVE' NOT NULL,
     "metadataVersion" integer DEFAULT 1 NOT NULL,
     "databaseSchema" varchar,
     "databaseUrl" varchar DEFAULT '',
     version varchar,
     "trashRetentionDays" integer DEFAULT 14 NOT NULL,
     "defaultRoleId" uuid,
     "workspaceCustomApplicationId" uuid
   )`,
  `CREATE TABLE core.application (
     id uuid DEFAULT public.uuid_generate_v4() PRIMARY KEY,
     "universalIdentifier" uuid NOT NULL,
     name text NOT NULL,
     description text,
     version text,
     "sourceType" text DEFAULT 'local' NOT NULL,
     "sourcePath" text NOT NULL,
     "workspaceId" uuid NOT NULL REFERENCES core.workspace(id) ON DELETE CASCADE,
     "createdAt" timestamptz DEFAULT now() NOT NULL,
     "updatedAt" timestamptz DEFAULT now() NOT NULL,
     "deletedAt" timestamptz
   )`,
  `CREATE TABLE core."dataSource" (
     id uuid DEFAULT public.uuid_generate_v4() PRIMARY KEY,
     label varchar,
     url varchar,
     schema varchar,
     type core."dataSource_type_enum" DEFAULT 'postgres' NOT NULL,
     "isRemote" boolean DEFAULT false NOT NULL,
     "workspaceId" uuid NOT NULL REFERENCES core.workspace(id) ON DELETE CASCADE,
     "createdAt" timestamptz DEFAULT now() NOT NULL,
     "updatedAt" timestamptz DEFAULT now() NOT NULL
   )`,
  `CREATE TABLE core."objectMetadata" (
     id uuid DEFAULT public.uuid_generate_v4() PRIMARY KEY,
     "dataSourceId" uuid REFERENCES core."dataSource"(id) ON DELETE CASCADE,
     "nameSingular" varchar NOT NULL,
     "namePlural" varchar NOT NULL,
     "labelSingular" varchar NOT NULL,
     "labelPlural" varchar NOT NULL,
     description text,
     icon varchar,
     "targetTableName" varchar NOT NULL,
     "isCustom" boolean,
     "isRemote" boolean DEFAULT false NOT NULL,
     "isActive" boolean DEFAULT false NOT NULL,
     "isSystem" boolean DEFAULT false NOT NULL,
     "isSearchable" boolean DEFAULT false NOT NULL,
     "labelIdentifierFieldMetadataId" uuid,
     "workspaceId" uuid NOT NULL REFERENCES core.workspace(id) ON DELETE CASCADE,
     "createdAt" timestamptz DEFAULT now() NOT NULL,
     "updatedAt" timestamptz DEFAULT now() NOT NULL,
     "standardId" uuid,
     "applicationId" uuid REFERENCES core.application(id) ON DELETE CASCADE,
     "universalIdentifier" uuid,
     UNIQUE ("nameSingular", "workspaceId"),
     UNIQUE ("namePlural", "workspaceId")
   )`,
  `CREATE TABLE core."fieldMetadata" (
     id uuid DEFAULT public.uuid_generate_v4() PRIMARY KEY,
     "objectMetadataId" uuid NOT NULL REFERENCES core."objectMetadata"(id) ON DELETE CASCADE,
     type varchar NOT NULL,
     name varchar NOT NULL,
     label varchar NOT NULL,
     "defaultValue" jsonb,
     description text,
     icon varchar,
     options jsonb,
     settings jsonb,
     "isCustom" boolean,
     "isActive" boolean DEFAULT false NOT NULL,
     "isSystem" boolean DEFAULT false NOT NULL,
     "isNullable" boolean DEFAULT true,
     "isUnique" boolean,
     "workspaceId" uuid NOT NULL REFERENCES core.workspace(id) ON DELETE CASCADE,
     "relationTargetFieldMetadataId" uuid UNIQUE
       REFERENCES core."fieldMetadata"(id) DEFERRABLE INITIALLY DEFERRED,
     "relationTargetObjectMetadataId" uuid REFERENCES core."objectMetadata"(id) ON DELETE CASCADE,
     "morphId" uuid,
     "createdAt" timestamptz DEFAULT now() NOT NULL,
     "updatedAt" timestamptz DEFAULT now() NOT NULL,
     "standardId" uuid,
     "universalIdentifier" uuid,
     "applicationId" uuid REFERENCES core.application(id) ON DELETE CASCADE,
     CHECK (type <> 'MORPH_RELATION' OR "morphId" IS NOT NULL),
     UNIQUE (name, "objectMetadataId", "workspaceId")
   )`,
  `CREATE TABLE core."indexMetadata" (
     id uuid DEFAULT public.uuid_generate_v4() PRIMARY KEY,
     "createdAt" timestamptz DEFAULT now() NOT NULL,
     "updatedAt" timestamptz DEFAULT now() NOT NULL,
     name varchar NOT NULL,
     "workspaceId" uuid NOT NULL REFERENCES core.workspace(id) ON DELETE CASCADE,
     "objectMetadataId" uuid NOT NULL REFERENCES core."objectMetadata"(id) ON DELETE CASCADE,
     "isCustom" boolean DEFAULT false NOT NULL,
     "isUnique" boolean DEFAULT false NOT NULL,
     "indexWhereClause" text,
     "indexType" core."indexMetadata_indextype_enum" DEFAULT 'BTREE' NOT NULL
   )`,
  `CREATE TABLE core."indexFieldMetadata" (
     id uuid DEFAULT public.uuid_generate_v4() PRIMARY KEY,
     "indexMetadataId" uuid NOT NULL REFERENCES core."indexMetadata"(id) ON DELETE CASCADE,
     "fieldMetadataId" uuid NOT NULL REFERENCES core."fieldMetadata"(id) ON DELETE CASCADE,
     "order" integer NOT NULL,
     "createdAt" timestamptz DEFAULT now() NOT NULL,
     "updatedAt" timestamptz DEFAULT now() NOT NULL
   )`,
  // TypeORM's own table has no primary key; a publication FOR ALL TABLES would make it unwritable.
  `CREATE TABLE core."_typeorm_generated_columns_and_materialized_views" (
     type varchar NOT NULL,
     database varchar,
     schema varchar,
     "table" varchar,
     name varchar,
     value text
   )`,
  `INSERT INTO core."_typeorm_generated_columns_and_materialized_views" (type, schema, "table", name, value)
   VALUES ('GENERATED_COLUMN', 'demo', 'company', 'searchVector', 'to_tsvector(...)')`,
];
