import { APP, Rig, TENANT } from '../testing/rig.ts';
import { isRefusal } from '../graph/refusal.ts';
import { callerOf } from './bearer.ts';
import { grantToken } from './grant.ts';

const KEY = Buffer.from('a key for tests only');
const FORM = {
  client_id: APP,
  client_secret: 'hush',
  grant_type: 'client_credentials',
  scope: 'https://graph.microsoft.com/.default',
};

function grant(rig: Rig, changes: Record<string, string> = {}, tenant = TENANT) {
  const moment = { key: KEY, now: rig.now, lifetimeS: 3_599, traceId: 'trace' };
  const { status, body } = grantToken(rig.simulator.state, tenant, { ...FORM, ...changes }, moment);
  return { status, body: body as Record<string, unknown> };
}

test('a token is granted for the right secret and names tenant and application', () => {
  const rig = new Rig();
  const { status, body } = grant(rig);
  expect([status, body['token_type'], body['expires_in'], body['ext_expires_in']]).toEqual([
    200,
    'Bearer',
    3_599,
    3_599,
  ]);
  const caller = callerOf(rig.simulator.state, `Bearer ${String(body['access_token'])}`, KEY, rig.now);
  expect(caller).toEqual({ tenantId: TENANT, app: { kind: 'app', id: APP, displayName: 'Garden Sync' } });
});

test.each([
  ['a wrong secret', { client_secret: 'loud' }, TENANT, 401, 'invalid_client', 7000215],
  ['an unknown application', { client_id: 'x' }, TENANT, 400, 'unauthorized_client', 700016],
  ['an unknown tenant', {}, 'nowhere', 400, 'invalid_request', 90002],
  ['another grant', { grant_type: 'password' }, TENANT, 400, 'unsupported_grant_type', 70003],
  ['a scope of its own', { scope: 'User.Read' }, TENANT, 400, 'invalid_scope', 1002012],
])('%s is refused', (_what, changes, tenant, status, error, code) => {
  const refused = grant(new Rig(), changes, tenant);
  expect(refused).toMatchObject({ status, body: { error, error_codes: [code] } });
  expect(String(refused.body['error_description'])).toMatch(new RegExp(`^AADSTS${code}: `));
});

test('no token, a foreign token and an expired one are 401', () => {
  const rig = new Rig();
  const token = String(grant(rig).body['access_token']);
  const ask = (authorization: string | undefined, now = rig.now, key = KEY) =>
    callerOf(rig.simulator.state, authorization, key, now);
  const refusals = [
    ask(undefined),
    ask('Bearer nonsense'),
    ask(`Bearer ${token}x`),
    ask(`Bearer ${token}`, rig.now, Buffer.from('another key')),
    ask(`Bearer ${token}`, rig.now + 3_600_000),
  ];
  for (const refusal of refusals) {
    expect(isRefusal(refusal)).toBe(true);
    expect(refusal).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
  }
  expect(refusals[0]).toMatchObject({ message: 'Access token is empty.' });
});
