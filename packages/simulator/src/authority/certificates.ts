import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface ServerCertificate {
  /** File a client puts in NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  readonly cert: string;
  readonly key: string;
}

const TEN_YEARS_MS = 10 * 365 * 86_400_000;
const WEEK_MS = 7 * 86_400_000;

/** The server's certificate from the data folder, made there on first use together with its own CA. */
export async function serverCertificate(dataDir: string, now: number): Promise<ServerCertificate> {
  mkdirSync(dataDir, { recursive: true });
  const file = (name: string): string => join(dataDir, name);
  const [caFile, certFile, keyFile] = [file('ca.pem'), file('server.pem'), file('server-key.pem')];
  if (![caFile, certFile, keyFile].every(existsSync) || expiresSoon(certFile, now)) {
    const made = await makeCertificate(now);
    writeFileSync(keyFile, made.key, { mode: 0o600 });
    writeFileSync(certFile, made.cert);
    writeFileSync(caFile, made.ca);
  }
  return { caFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

/** Key that signs access tokens; kept, so that a restart does not log anybody out. */
export function tokenKey(dataDir: string): Buffer {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'token.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  return Buffer.from(readFileSync(file, 'utf8'), 'base64');
}

function expiresSoon(certFile: string, now: number): boolean {
  return Date.parse(new X509Certificate(readFileSync(certFile)).validTo) < now + WEEK_MS;
}

/**
 * The CA's private key is thrown away: nothing else can be signed with a CA that people trust. Every CA has a name of
 * its own: a client that trusts two of one name takes either for the issuer, and refuses a good certificate.
 */
async function makeCertificate(now: number): Promise<{ ca: string; cert: string; key: string }> {
  const validity = {
    notBeforeDate: new Date(now - 86_400_000),
    notAfterDate: new Date(now + TEN_YEARS_MS),
    keyType: 'ec',
    algorithm: 'sha256',
  } as const;
  const caName = `Graph simulator CA ${randomBytes(8).toString('hex')}`;
  const ca = await generate([{ name: 'commonName', value: caName }], {
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...validity,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { ca: ca.cert, cert: server.cert, key: server.private };
}
