/** An expected refusal: what Graph would answer instead of doing the call. */
export interface Refusal {
  readonly refused: true;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly innerCode?: string;
  /** Why, in the simulator's own words; shown in `innerError` where Graph's message says little. */
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Extra = Pick<Refusal, 'innerCode' | 'detail' | 'headers'>;

export function refuse(status: number, code: string, message: string, extra: Extra = {}): Refusal {
  return { refused: true, status, code, message, ...extra };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

export const notFound = (detail: string): Refusal =>
  refuse(404, 'itemNotFound', 'The specified item was not found', { detail });

/** The captured answer to a wrong JSON type; the real message names nothing, so the detail does. */
export const invalidRequest = (detail: string): Refusal =>
  refuse(400, 'invalidRequest', 'Invalid request', { detail });

export const unknownField = (name: string): Refusal =>
  refuse(400, 'invalidRequest', `Field '${name}' is not recognized`);

export const badRequest = (message: string): Refusal => refuse(400, 'BadRequest', message);

/** The documented error envelope. */
export function errorBody(
  refusal: Refusal,
  ids: { date: string; requestId: string; clientRequestId: string },
) {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      innerError: {
        ...(refusal.innerCode === undefined ? {} : { code: refusal.innerCode }),
        ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
        date: ids.date,
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
}
