/** Columns in the words of Graph, there and back. */
import type { ColumnSpec } from '@sync/core';
import type { ActualColumn } from './plan-list.ts';

type Facets = Partial<Record<ColumnSpec['facet'], Readonly<Record<string, unknown>>>>;

/** A columnDefinition that creates the column. */
export type Definition = Facets & {
  readonly name: string;
  readonly displayName: string;
  readonly indexed?: boolean;
  readonly enforceUniqueValues?: boolean;
};

const FACET_SETTINGS = {
  text: { allowMultipleLines: false, maxLength: 255 },
  number: { decimalPlaces: 'automatic' },
  boolean: {},
  dateTime: { format: 'dateTime', displayAs: 'default' },
} as const satisfies Record<ColumnSpec['facet'], Readonly<Record<string, unknown>>>;

/** How Graph is asked for a column. Uniqueness needs an index. */
export function definitionOf({ name, displayName, facet, unique }: ColumnSpec): Definition {
  const keys = unique ? { indexed: true, enforceUniqueValues: true } : {};
  return { name, displayName, ...keys, [facet]: FACET_SETTINGS[facet] };
}

/** The kinds of columns Graph knows; exactly one is in a column. Source: Graph, columnDefinition. */
const FACETS = [
  'text',
  'number',
  'boolean',
  'dateTime',
  'choice',
  'currency',
  'lookup',
  'personOrGroup',
  'hyperlinkOrPicture',
  'calculated',
  'term',
  'geolocation',
  'thumbnail',
] as const;

/** What Graph tells of a column; facets are in it under their names. */
export interface ToldColumn {
  readonly name: string;
  readonly readOnly: boolean;
  readonly indexed: boolean;
  readonly enforceUniqueValues: boolean;
  readonly [facet: string]: unknown;
}

export function actualColumn(told: ToldColumn): ActualColumn {
  const { name, readOnly } = told;
  return {
    name,
    readOnly,
    facet: FACETS.find((facet) => isObject(told[facet])) ?? null,
    wholeTime: !isObject(told['dateTime']) || told['dateTime']['format'] !== 'dateOnly',
    unique: told.indexed && told.enforceUniqueValues,
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
