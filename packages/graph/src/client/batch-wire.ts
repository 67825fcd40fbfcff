import { isObject } from '../answers/json.ts';
import type { GraphCall, GraphReply } from '../port.ts';
import { contentType } from './exchange.ts';

/** Graph's limit on the members of a batch. */
export const MAX_MEMBERS = 20;
/** Graph documents no limit on the size; 4 MB is commonly quoted, so we stay well below. */
const MAX_BYTES = 1_000_000;

/** Calls in the order given, cut so that no batch has too many members, bytes, or units. */
export function chunksOf(calls: readonly GraphCall[], maxUnits: number): GraphCall[][] {
  const chunks: GraphCall[][] = [];
  let room = { members: 0, bytes: 0, units: 0 };
  for (const call of calls) {
    const bytes = Buffer.byteLength(JSON.stringify(call));
    const fits = room.members >= 1 && room.bytes >= bytes && room.units >= call.units;
    const chunk = fits ? chunks.at(-1) : undefined;
    if (chunk === undefined) chunks.push([call]);
    else chunk.push(call);
    const before = chunk === undefined ? { members: MAX_MEMBERS, bytes: MAX_BYTES, units: maxUnits } : room;
    room = { members: before.members - 1, bytes: before.bytes - bytes, units: before.units - call.units };
  }
  return chunks;
}

/** The body of a batch; member ids are places, counted from 1. `pathOf` makes links relative. */
export function batchBody(calls: readonly GraphCall[], pathOf: (path: string) => string): object {
  return { requests: calls.map((call, place) => memberOf(call, String(place + 1), pathOf(call.path))) };
}

function memberOf({ method, body, ifMatch }: GraphCall, id: string, url: string): object {
  const headers = { ...contentType(body), ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }) };
  return {
    id,
    method,
    url,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

/**
 * The answers by member id, or null when the reply is not the answer to a batch. They come in any order, and the outer
 * status says nothing about them: it is 200 or, by another page of the documentation, 424.
 */
export function answersIn(reply: GraphReply): Map<string, GraphReply> | null {
  const responses = isObject(reply.body) ? reply.body['responses'] : undefined;
  if (!Array.isArray(responses)) return null;
  return new Map(responses.filter(isObject).map((member) => [String(member['id']), replyOf(member)]));
}

function replyOf({ status, headers, body }: Readonly<Record<string, unknown>>): GraphReply {
  const named = Object.entries(isObject(headers) ? headers : {});
  return {
    status: Number(status),
    headers: Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), String(value)])),
    body: body ?? null,
  };
}
