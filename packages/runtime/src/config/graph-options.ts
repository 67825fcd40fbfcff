/** Options of every service that talks to Microsoft Graph. */
import { option } from './option.ts';
import { int, text, url } from './parsers.ts';

export const GRAPH_OPTIONS = {
  graphUrl: option({
    env: 'SYNC_GRAPH_URL',
    parse: url,
    fallback: 'https://graph.microsoft.com/v1.0',
    doc: 'Root of Microsoft Graph, version included.',
  }),
  graphScope: option({
    env: 'SYNC_GRAPH_SCOPE',
    parse: text,
    fallback: 'https://graph.microsoft.com/.default',
    doc: 'Scope that tokens are asked for; national clouds have their own.',
  }),
  tokenAuthority: option({
    env: 'SYNC_TOKEN_AUTHORITY',
    parse: url,
    fallback: 'https://login.microsoftonline.com',
    doc: 'Root of the token authority, https; a private CA is trusted through NODE_EXTRA_CA_CERTS.',
  }),
  unitsPerMinute: option({
    env: 'SYNC_GRAPH_UNITS_PER_MINUTE',
    parse: int,
    fallback: 1250,
    doc: 'Resource units that Microsoft grants the application per tenant and minute, by licences; each service takes its share.',
  }),
  unitsPerDay: option({
    env: 'SYNC_GRAPH_UNITS_PER_DAY',
    parse: int,
    fallback: 1_200_000,
    doc: 'Resource units that Microsoft grants the application per tenant and day, by licences; each service takes its share.',
  }),
} as const;
