import express from 'express';
import type { Request, Response, Router } from 'express';
import type { Simulator } from '../simulator.ts';
import { grantToken } from './grant.ts';

/** The token authority: discovery and client credentials, enough for a real client library. */
export function authorityRoutes(simulator: Simulator, key: Buffer): Router {
  const router = express.Router();
  router.get('/common/discovery/instance', (request, response) => {
    response.json({
      tenant_discovery_endpoint: `${originOf(request)}/common/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [],
    });
  });
  router.get('/:tenant/v2.0/.well-known/openid-configuration', (request, response) => {
    response.json(openidConfiguration(originOf(request), request.params.tenant));
  });
  router.get('/:tenant/discovery/v2.0/keys', (_request, response) => void response.json({ keys: [] }));
  router.post(
    '/:tenant/oauth2/v2.0/token',
    express.urlencoded({ extended: false }),
    (request: Request<{ tenant: string }>, response: Response) => {
      const { tokenLifetimeS: lifetimeS } = simulator.knobs;
      const moment = { key, now: simulator.now(), lifetimeS, traceId: simulator.newId() };
      const form = (request.body ?? {}) as Record<string, unknown>;
      const { status, body } = grantToken(simulator.state, request.params.tenant, form, moment);
      response.status(status).set('Cache-Control', 'no-store').json(body);
    },
  );
  return router;
}

export function originOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? '127.0.0.1'}`;
}

function openidConfiguration(origin: string, tenant: string): object {
  return {
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    issuer: `${origin}/${tenant}/v2.0`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}
