import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions, startSimulator } from './index.ts';

const options = readOptions(process.env, (path) => readFileSync(path, 'utf8'));
if (!('dataDir' in options)) {
  process.stderr.write(`invalid configuration:\n${options.map((mistake) => `  ${mistake}\n`).join('')}`);
  process.exit(1);
}

const running = await startSimulator({ ...options, pageDir: join(import.meta.dirname, 'page') }).catch(
  (error: unknown) => {
    process.stderr.write(
      `the simulator did not start: ${error instanceof Error ? error.message : 'unknown'}\n`,
    );
    return process.exit(1);
  },
);

const stop = async (): Promise<void> => {
  await running.close();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());

const { httpUrl, httpsUrl, caFile } = running;
process.stdout.write(`${JSON.stringify({ ready: true, http: httpUrl, https: httpsUrl, ca: caFile })}\n`);
