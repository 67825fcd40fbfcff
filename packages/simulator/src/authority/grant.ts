import type { SimState } from '../state/state.ts';
import { issueToken, sameText } from './token.ts';

export interface GrantMoment {
  readonly key: Buffer;
  readonly now: number;
  readonly lifetimeS: number;
  readonly traceId: string;
}

export interface GrantReply {
  readonly status: number;
  readonly body: object;
}

type Form = Readonly<Record<string, unknown>>;

/** Answers a client-credentials request as the Microsoft identity platform does. */
export function grantToken(state: SimState, tenantId: string, form: Form, moment: GrantMoment): GrantReply {
  const tenant = state.tenants.get(tenantId.toLowerCase());
  if (tenant === undefined)
    return failed(400, 'invalid_request', 90002, `Tenant '${tenantId}' not found.`, moment);
  if (form['grant_type'] !== 'client_credentials') {
    return failed(
      400,
      'unsupported_grant_type',
      70003,
      "The grant_type must be 'client_credentials'.",
      moment,
    );
  }
  if (!textOf(form['scope']).endsWith('/.default')) {
    return failed(400, 'invalid_scope', 1002012, 'The scope must end with /.default.', moment);
  }
  if (form['client_id'] !== tenant.clientId) {
    const message = `Application with identifier '${textOf(form['client_id'])}' was not found in the directory.`;
    return failed(400, 'unauthorized_client', 700016, message, moment);
  }
  if (!sameText(textOf(form['client_secret']), tenant.clientSecret)) {
    const hint =
      'Ensure the secret being sent in the request is the client secret value, not the client secret ID.';
    return failed(401, 'invalid_client', 7000215, `Invalid client secret provided. ${hint}`, moment);
  }
  const iat = Math.floor(moment.now / 1000);
  const claims = { tid: tenant.id, appid: tenant.clientId, app_displayname: tenant.appName };
  const access_token = issueToken({ ...claims, iat, exp: iat + moment.lifetimeS }, moment.key);
  const { lifetimeS: expires_in } = moment;
  return {
    status: 200,
    body: { token_type: 'Bearer', expires_in, ext_expires_in: expires_in, access_token },
  };
}

function failed(status: number, error: string, code: number, text: string, moment: GrantMoment): GrantReply {
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text}`,
      error_codes: [code],
      timestamp: new Date(moment.now)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z/, 'Z'),
      trace_id: moment.traceId,
      correlation_id: moment.traceId,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}

/** A form field that is given more than once is as good as none. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
