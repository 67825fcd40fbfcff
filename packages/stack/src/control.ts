/** How a running stack is asked to stop one part and start it again: a line of JSON over a Unix socket, a line back. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What is asked for; `kill` ends the part with SIGKILL instead of gently. */
export interface RestartRequest {
  readonly part: string;
  readonly kill: boolean;
}

/** Longest path of a Unix socket on Linux and macOS, without the closing zero. */
const LONGEST_PATH = 103;

/** Where the stack of a data folder listens; only its owner may connect. */
export function controlPath(dataDir: string): string {
  const path = join(dataDir, 'control.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH) return path;
  return `/tmp/sync-stack-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`;
}

/** Listens for requests until the returned function is called. One left over by a killed supervisor is replaced. */
export async function listenForRestarts(
  dataDir: string,
  restart: (request: RestartRequest) => Promise<void>,
): Promise<() => void> {
  const path = controlPath(dataDir);
  rmSync(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => void answer(socket, restart));
  await listening(server, path);
  // It must not keep the supervisor alive.
  server.unref();
  return () => void server.close();
}

/** Asks the stack that runs on a data folder; resolves when the part is ready again, rejects with the stack's own words. */
export async function requestRestart(dataDir: string, request: RestartRequest): Promise<void> {
  const socket = createConnection(controlPath(dataDir));
  socket.end(JSON.stringify(request));
  const said = await text(socket).catch((error: unknown) => {
    throw new Error(`no stack listens on ${dataDir}: start one first`, { cause: error });
  });
  if (said !== 'ok') throw new Error(said === '' ? 'the stack ended before it answered' : said);
}

async function answer(socket: Socket, restart: (request: RestartRequest) => Promise<void>): Promise<void> {
  // A client that goes away while its request is carried out takes nothing with it.
  socket.on('error', () => undefined);
  try {
    await restart(requestOf(await text(socket)));
    socket.end('ok');
  } catch (error) {
    socket.end(error instanceof Error ? error.message : String(error));
  }
}

function requestOf(line: string): RestartRequest {
  const asked = JSON.parse(line) as Partial<RestartRequest>;
  if (typeof asked.part !== 'string') throw new Error('the request names no part');
  return { part: asked.part, kill: asked.kill === true };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}
