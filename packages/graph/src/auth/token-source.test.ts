import type { SyncError } from '@sync/core';
import type { INetworkModule, NetworkRequestOptions } from '@azure/msal-node';
import { codeOf } from '../fake-graph.ts';
import { openTokenSource } from './token-source.ts';
import type { TokenSource } from './token-source.ts';

interface TokenAnswer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Record<string, string>;
}

const good = (token: string): TokenAnswer => ({
  status: 200,
  body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token },
});
const badSecret: TokenAnswer = {
  status: 401,
  body: {
    error: 'invalid_client',
    error_description: 'AADSTS7000215: Invalid client secret.',
    error_codes: [7000215],
  },
};

/** The real msal, on a network that answers discovery and gives out the token answers in order. */
function fakeAuthority(answers: readonly TokenAnswer[], host = 'login.example.com:8443') {
  const root = `https://${host}/tenant-1`;
  const gets: string[] = [];
  const posts: string[] = [];
  const left = [...answers];
  let time = 1_000;
  const network = {
    sendGetRequestAsync: async (url: string) => {
      gets.push(url);
      const body = {
        issuer: `${root}/v2.0`,
        authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
        token_endpoint: `${root}/oauth2/v2.0/token`,
        jwks_uri: `${root}/discovery/v2.0/keys`,
      };
      return { status: 200, headers: {}, body };
    },
    sendPostRequestAsync: async (url: string, options?: NetworkRequestOptions) => {
      posts.push(`${url} ${options?.body ?? ''}`);
      const answer = left.shift();
      if (answer === undefined) throw new Error('the authority cannot be reached');
      return { headers: {}, ...answer };
    },
  };
  const source: TokenSource = openTokenSource({
    authority: `https://${host}`,
    tenantId: 'tenant-1',
    clientId: 'client-1',
    clientSecret: 'a secret',
    now: () => time,
    // msal types answers by a parameter of each call; one fake serves them all.
    network: network as unknown as INetworkModule,
  });
  return { source, gets, posts, advance: (ms: number) => (time += ms) };
}

describe('a token source', () => {
  it('asks an authority of its own, and nobody else, with the credentials of the application', async () => {
    const { source, gets, posts } = fakeAuthority([good('t1')]);
    expect(await source.get()).toBe('t1');
    expect(gets).toEqual(['https://login.example.com:8443/tenant-1/v2.0/.well-known/openid-configuration']);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toContain('https://login.example.com:8443/tenant-1/oauth2/v2.0/token');
    expect(posts[0]).toContain('grant_type=client_credentials');
    expect(posts[0]).toContain('scope=https%3A%2F%2Fgraph.microsoft.com%2F.default');
  });

  it("asks Microsoft's own authority without any discovery", async () => {
    const { source, gets, posts } = fakeAuthority([good('t1')], 'login.microsoftonline.com');
    expect(await source.get()).toBe('t1');
    expect(gets).toEqual([]);
    expect(posts[0]).toContain('https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token');
  });

  it('asks once for callers that come together, and not again while the token is good', async () => {
    const { source, posts } = fakeAuthority([good('t1')]);
    expect(await Promise.all([source.get(), source.get(), source.get()])).toEqual(['t1', 't1', 't1']);
    expect(await source.get()).toBe('t1');
    expect(posts).toHaveLength(1);
  });

  it('replaces a dropped token, and only once however often it is dropped', async () => {
    const { source, posts } = fakeAuthority([good('t1'), good('t2')]);
    source.drop(await source.get());
    expect(await source.get()).toBe('t2');
    source.drop('t1');
    expect(await source.get()).toBe('t2');
    expect(posts).toHaveLength(2);
  });

  it('waits when the secret is wrong, and leaves the authority alone for a while', async () => {
    const { source, posts, advance } = fakeAuthority([badSecret, good('t1')]);
    const refusal = { code: 'GRAPH_UNAUTHORIZED', detail: { authCode: 'invalid_client' } };
    await expect(source.get()).rejects.toMatchObject(refusal);
    await expect(source.get()).rejects.toMatchObject(refusal);
    expect(posts).toHaveLength(1);
    advance(5_000);
    expect(await source.get()).toBe('t1');
  });

  it('never tells the secret in an error', async () => {
    const { source } = fakeAuthority([badSecret]);
    const error: unknown = await source.get().catch((thrown: unknown) => thrown);
    expect(JSON.stringify([error, String((error as SyncError).cause)])).not.toContain('a secret');
  });

  it('waits while msal remembers that the authority throttled it', async () => {
    const { source, posts, advance } = fakeAuthority([
      { status: 429, headers: { 'Retry-After': '30' }, body: { error: 'temporarily_unavailable' } },
    ]);
    await expect(source.get()).rejects.toMatchObject({ code: 'GRAPH_UNAUTHORIZED' });
    advance(5_000);
    await expect(source.get()).rejects.toMatchObject({ code: 'GRAPH_UNAUTHORIZED', retryAfterMs: 5_000 });
    expect(posts).toHaveLength(1);
  });

  it('waits when the authority cannot be reached', async () => {
    const { source } = fakeAuthority([]);
    await expect(source.get()).rejects.toMatchObject({ code: 'GRAPH_UNAUTHORIZED' });
  });

  it('sends no secret over http', () => {
    const options = { tenantId: 't', clientId: 'c', clientSecret: 's', now: () => 0 };
    expect(codeOf(() => openTokenSource({ ...options, authority: 'http://127.0.0.1:1' }))).toBe(
      'CONFIG_INVALID',
    );
  });
});
