import { join } from 'node:path';
import { stackEnv } from '../environment.ts';
import type { Part } from '../part.ts';
import { type PlanContext, portOf } from './context.ts';

/** The sites of the demo tenant, one per demo workspace. */
export const DEMO_SITES = [
  { host: 'demo.sharepoint.example', path: '/sites/crm', name: 'CRM' },
  { host: 'demo.sharepoint.example', path: '/sites/crm-legacy', name: 'CRM legacy' },
] as const;

/** Microsoft Graph, simulated: token route and API over TLS, its page over plain HTTP. */
export function simulatorParts(context: PlanContext): Part[] {
  const httpsPort = portOf(context, 'simulator-https');
  const dataDir = join(context.state.dataDir, 'simulator');
  return [
    {
      kind: 'process',
      name: 'simulator',
      needs: [],
      url: stackEnv(context.state)['SYNC_GRAPH_URL'] ?? '',
      configuredFrom: 'SYNC_GRAPH_URL',
      command: () => ({
        file: process.execPath,
        args: ['--max-old-space-size=256', join(context.repoRoot, 'packages/simulator/src/main.ts')],
        cwd: context.repoRoot,
        env: {
          SIM_DATA_DIR: dataDir,
          SIM_HTTP_PORT: String(portOf(context, 'simulator-http')),
          SIM_HTTPS_PORT: String(httpsPort),
          SIM_SEED: JSON.stringify(seed(context)),
        },
      }),
      ready: { kind: 'log', words: '"ready":true' },
      startLimitMs: 30_000,
      stopSignal: 'SIGTERM',
      stopLimitMs: 10_000,
    },
  ];
}

function seed(context: PlanContext): object {
  const { demoTenantId, demoClientId, demoClientSecret } = context.state.secrets;
  const login = { id: demoTenantId, clientId: demoClientId, clientSecret: demoClientSecret };
  return { tenants: [{ ...login, licences: 100_000, sites: DEMO_SITES }] };
}
