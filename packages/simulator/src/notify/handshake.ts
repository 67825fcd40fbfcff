import { refuse } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Deliver } from './deliver.ts';

/** Proves that whoever owns the address wants the notifications: it must echo a token as plain text. */
export async function shakeHands(deliver: Deliver, address: string, token: string): Promise<Refusal | null> {
  const url = withToken(address, token);
  try {
    const { status, contentType, text } = await deliver(url, 'text/plain; charset=utf-8', '');
    if (status !== 200) return failed(`the endpoint answered ${status}`);
    if (!contentType.toLowerCase().startsWith('text/plain')) return failed(`content type '${contentType}'`);
    return text === token ? null : failed('the body was not the decoded token');
  } catch (error) {
    return failed(error instanceof Error ? error.message : 'the endpoint could not be reached');
  }
}

/** A query the address already has is kept; the token is appended. */
function withToken(address: string, token: string): string {
  const joint = new URL(address).search === '' ? '?' : '&';
  return `${address}${joint}validationToken=${encodeURIComponent(token)}`;
}

function failed(detail: string): Refusal {
  const message =
    'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.';
  return refuse(400, 'InvalidRequest', message, { detail });
}
