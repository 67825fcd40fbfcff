import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = join(process.cwd(), 'packages/runtime/src/testing/waiting-service.ts');

/** A service whose broker and registry are not there; resolves when it listens. */
async function startWithoutBroker(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      ...process.env,
      SYNC_KAFKA_BROKERS: '127.0.0.1:9',
      SYNC_REGISTRY_URL: 'http://127.0.0.1:9',
      SYNC_HTTP_PORT: '0',
      SYNC_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it listened: ${text}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /"port":(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve({ child, url: `http://127.0.0.1:${port}` });
    });
  });
}

describe('a service whose broker is away', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'run-service-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('is alive, not ready, and drains within 30 s of a SIGTERM', async () => {
    const { child, url } = await startWithoutBroker(dataDir);
    try {
      const [live, ready] = await Promise.all([fetch(`${url}/live`), fetch(`${url}/ready`)]);
      expect([live.status, ready.status, await ready.json()]).toEqual([
        200,
        503,
        { ready: false, reason: 'starting' },
      ]);
      const from = Date.now();
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      expect([code, Date.now() - from < 30_000]).toEqual([0, true]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
