import { errorOf } from '../answers/error-of.ts';
import type { GraphReply } from '../port.ts';

/** Graph refused a request in a way that no caller foresees: a fault of ours, of the configuration, or of the grant. */
export class GraphRefusedError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(what: string, reply: GraphReply) {
    const { code, message } = errorOf(reply);
    super(`Graph refused to ${what}: ${reply.status} ${code}: ${message}`);
    this.name = 'GraphRefusedError';
    this.status = reply.status;
    this.code = code;
  }
}

/** The reply when it is 2xx; else throws GraphRefusedError. `what` completes "Graph refused to …". */
export function expectOk(reply: GraphReply, what: string): GraphReply {
  if (reply.status >= 200 && reply.status < 300) return reply;
  throw new GraphRefusedError(what, reply);
}
