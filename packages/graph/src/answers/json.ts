import { SyncError } from '@sync/core';

/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a JSON object, false for null, arrays and everything else. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value itself when it is an object, else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A text, or '' when there is none. */
export function textIn(json: JsonObject, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}

/** The id of a resource; an answer without one did not come from Graph in good health: GRAPH_UNAVAILABLE. */
export function idIn(json: JsonObject): string {
  const id = textIn(json, 'id');
  if (id === '') throw new SyncError('GRAPH_UNAVAILABLE', 'Graph answered a resource without an id.');
  return id;
}
