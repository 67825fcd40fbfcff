/** What a receiver answered to a POST. */
export interface Delivered {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends one POST to a receiver; rejects when it cannot be reached or takes longer than 10 s. */
export type Deliver = (url: string, contentType: string, body: string) => Promise<Delivered>;

/** Time a receiver has to answer, for the handshake and for notifications alike. */
const ANSWER_WITHIN_MS = 10_000;
const MAX_ANSWER = 4_096;

export const deliverByHttp: Deliver = async (url, contentType, body) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': contentType },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const text = (await response.text()).slice(0, MAX_ANSWER);
  return { status: response.status, contentType: response.headers.get('content-type') ?? '', text };
};
