import { createHash } from 'node:crypto';
import type { Actor } from '../state/model.ts';

/** `createdBy` and `lastModifiedBy`: an app-only write carries the application and a stand-in user. */
export function identity(actor: Actor): object {
  if (actor.kind === 'app') {
    const application = { id: actor.id, displayName: actor.displayName };
    return { application, user: { displayName: 'SharePoint App' } };
  }
  return { user: { email: actor.email, id: actor.id, displayName: actor.displayName } };
}

/** Number of an actor in the site's user list: stable, a string as Graph sends it. */
export function lookupIdOf(actor: Actor): string {
  return actor.kind === 'app' ? '7' : String(10 + (digest(actor.email).readUInt32BE(0) % 90_000));
}

export function appLookupIdOf(appId: string): string {
  return String(3 + (digest(appId).readUInt32BE(0) % 7));
}

/** A person of a site by display name; the same name is always the same person. */
export function userNamed(displayName: string, host: string): Actor {
  const account = displayName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.|\.$/g, '');
  const email = `${account === '' ? 'someone' : account}@${host}`;
  return { kind: 'user', id: guidFrom(email), displayName, email };
}

export function guidFrom(text: string): string {
  const hex = digest(text).toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
