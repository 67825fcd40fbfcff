import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverCertificate } from './certificates.ts';

const NOW = Date.UTC(2026, 0, 5);
const YEAR_MS = 365 * 86_400_000;
const folders: string[] = [];

async function issued(now = NOW, dataDir = folder()) {
  const { caFile, cert } = await serverCertificate(dataDir, now);
  return { dataDir, ca: new X509Certificate(readFileSync(caFile)), server: new X509Certificate(cert) };
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'certificates-'));
  folders.push(made);
  return made;
}

afterAll(() => folders.forEach((dir) => rmSync(dir, { recursive: true })));

test('the server is signed by its own CA, for localhost and 127.0.0.1', async () => {
  const { ca, server } = await issued();
  expect(server.checkIssued(ca) && server.verify(ca.publicKey)).toBe(true);
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
});

// Two simulators on one machine, both trusted: a verifier looks an issuer up by its name.
test('the CA of another folder is not taken for the issuer', async () => {
  const [{ server }, { ca: other }] = [await issued(), await issued()];
  expect(server.checkIssued(other)).toBe(false);
});

test('a restart keeps the certificate, a week before its end a new one is made', async () => {
  const { dataDir, server } = await issued();
  expect((await issued(NOW + YEAR_MS, dataDir)).server.fingerprint256).toBe(server.fingerprint256);
  expect((await issued(NOW + 10 * YEAR_MS, dataDir)).server.fingerprint256).not.toBe(server.fingerprint256);
});

test("nobody else may read the server's key", async () => {
  const { dataDir } = await issued();
  expect(statSync(join(dataDir, 'server-key.pem')).mode & 0o777).toBe(0o600);
});
