import type { Actor } from '../state/model.ts';
import type { Simulator } from '../simulator.ts';
import type { Refusal } from './refusal.ts';

export interface Caller {
  readonly tenantId: string;
  readonly app: Extract<Actor, { kind: 'app' }>;
}

/** One Graph request, whether it came alone or inside a batch. */
export interface GraphCall {
  readonly method: string;
  /** Path below `/v1.0`, percent-encoded as received. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly caller: Caller;
  /** Absolute address of the API root, ending in `/v1.0`, for the links in answers. */
  readonly base: string;
  readonly requestId: string;
  readonly clientRequestId: string;
  /** Moment of the request as error bodies write it: no zone. */
  readonly date: string;
}

export interface GraphReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Params = Readonly<Record<string, string>>;
export type Handler = (
  simulator: Simulator,
  call: GraphCall,
  params: Params,
) => GraphReply | Refusal | Promise<GraphReply | Refusal>;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Segments with `:name` for a parameter. */
  readonly path: string;
  /** Resource units. */
  readonly cost: number | ((call: GraphCall) => number);
  readonly run: Handler;
}

export const reply = (status: number, body?: unknown): GraphReply =>
  body === undefined ? { status } : { status, body };

/** Query option with or without its dollar sign. */
export function option(call: GraphCall, name: string): string | null {
  return call.query.get(`$${name}`) ?? call.query.get(name);
}
