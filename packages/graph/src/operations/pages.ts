import { isObject } from '../answers/json.ts';
import type { JsonObject } from '../answers/json.ts';
import { COST } from '../budget/costs.ts';
import type { GraphClient, Urgency } from '../port.ts';
import { expectOk } from './refused.ts';

/** Every element of a collection, page after page; a page may be empty and still have a next one. */
export async function* readAll(
  client: GraphClient,
  path: string,
  what: string,
  urgency: Urgency,
): AsyncGenerator<JsonObject> {
  for (let link: string | null = path; link !== null;) {
    const reply = expectOk(
      await client.send({ method: 'GET', path: link, units: COST.query }, urgency),
      what,
    );
    const body: JsonObject = isObject(reply.body) ? reply.body : {};
    yield* elementsOf(body);
    link = linkIn(body, '@odata.nextLink');
  }
}

/** The objects in `value`. */
export function elementsOf(body: JsonObject): JsonObject[] {
  return Array.isArray(body['value']) ? body['value'].filter(isObject) : [];
}

/** A link of a page, or null. */
export function linkIn(body: JsonObject, name: '@odata.nextLink' | '@odata.deltaLink'): string | null {
  const link = body[name];
  return typeof link === 'string' ? link : null;
}
