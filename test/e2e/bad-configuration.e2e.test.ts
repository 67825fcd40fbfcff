/** A service with a wrong configuration says all that is wrong in one message, and ends. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SECRET_URL = 'postgres://reader:open-sesame@127.0.0.1/twenty';

test('every wrong value is named in one message, with what it should be; no secret is shown', () => {
  const program = join(process.cwd(), 'services', 'change-normalizer', 'src', 'main.ts');
  const ended = spawnSync(process.execPath, [program], {
    encoding: 'utf8',
    timeout: 30_000,
    // Nothing of the stack: SYNC_KAFKA_BROKERS and SYNC_DATA_DIR are missing.
    env: {
      PATH: process.env['PATH'],
      SYNC_REGISTRY_URL: 'not a url',
      SYNC_HTTP_PORT: 'eighty',
      SYNC_LOG_LEVEL: 'loud',
      SYNC_METADATA_POLL_MS: '1.5 s',
      SYNC_PG_READER_URL: SECRET_URL,
    },
  });
  expect(ended.status).toBe(1);
  const lines = ended.stdout.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(1);
  for (const name of [
    'SYNC_KAFKA_BROKERS',
    'SYNC_DATA_DIR',
    'SYNC_REGISTRY_URL',
    'SYNC_HTTP_PORT',
    'SYNC_LOG_LEVEL',
    'SYNC_METADATA_POLL_MS',
  ]) {
    expect(lines[0]).toContain(name);
  }
  expect(lines[0]).toContain('CONFIG_INVALID');
  expect(lines[0]).not.toContain('SYNC_PG_READER_URL');
  expect(ended.stdout + ended.stderr).not.toContain('open-sesame');
});
