/** The clientState of a list's subscription: nobody else can make it, and it need not be stored. */
import { createHash, createHmac } from 'node:crypto';

export interface ClientState {
  /** What Graph sends back with each notification: 43 characters. */
  readonly value: string;
  /** Its SHA-256, hexadecimal. */
  readonly sha256: string;
}

export function clientStateOf(secret: string, listKey: string): ClientState {
  const value = createHmac('sha256', secret).update(listKey, 'utf8').digest('base64url');
  return { value, sha256: createHash('sha256').update(value, 'utf8').digest('hex') };
}
