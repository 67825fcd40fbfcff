import { SyncError } from '@sync/core';

/** The only place a token is ever sent to. */
export interface Root {
  /** The address of a path, or of an absolute link; throws when a link leads to another host. */
  readonly urlOf: (pathOrLink: string) => string;
  /** The same relative to the root, as members of a batch need it. */
  readonly pathOf: (pathOrLink: string) => string;
}

/** Checks the root address once: https, or http within this machine; no credentials, no query. */
export function openRoot(rootUrl: string): Root {
  const base = rootUrl.replace(/\/+$/, '');
  const root = parse(base);

  function urlOf(pathOrLink: string): string {
    const url = pathOrLink.startsWith('/') ? base + pathOrLink : pathOrLink;
    const origin = URL.canParse(url) ? new URL(url).origin : 'no address';
    if (origin === root.origin && withinRoot(url, base)) return url;
    throw new Error(`Refused to send a token: a link of Graph leads to ${origin}, not to ${base}.`);
  }

  return {
    urlOf,
    pathOf: (pathOrLink) =>
      new URL(urlOf(pathOrLink)).href.slice(new URL(base).href.replace(/\/+$/, '').length),
  };
}

/** A link must also stay below the root's path; `..` is resolved first. */
function withinRoot(url: string, base: string): boolean {
  return (
    new URL(url).href.startsWith(`${new URL(base).href.replace(/\/+$/, '')}/`) && url.length > base.length
  );
}

function parse(base: string): URL {
  const url = URL.canParse(base) ? new URL(base) : null;
  const plain = url !== null && url.username === '' && url.search === '' && url.hash === '';
  if (plain && (url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname))))
    return url;
  throw new SyncError(
    'CONFIG_INVALID',
    `The Graph root ${base} must be an https address without query or password.`,
  );
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}
