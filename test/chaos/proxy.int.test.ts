/** Doors on the loopback address, with an echo server behind them. */
import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { once } from 'node:events';
import { openDoor } from './proxy.ts';
import type { Door } from './proxy.ts';

let echo: Server;
let door: Door;

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  // A port on which nobody listens stands first: the door has to try the next one.
  door = await openDoor(await freePort(), [1, (echo.address() as AddressInfo).port]);
});

afterEach(async () => {
  await door.close();
  echo.close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function guest(): Promise<Socket> {
  const socket = connect(door.port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** `events.once` would take the reset for a failure. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function said(socket: Socket, word: string): Promise<string> {
  socket.write(word);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

test('in clear weather everything passes, both ways', async () => {
  const socket = await guest();
  expect(await said(socket, 'hello')).toBe('hello');
  socket.destroy();
});

test('latency holds each way up', async () => {
  const socket = await guest();
  await said(socket, 'warm');
  door.setWeather({ kind: 'latency', ms: 60 });
  const from = performance.now();
  expect(await said(socket, 'a')).toBe('a');
  expect(performance.now() - from).toBeGreaterThan(110);
  socket.destroy();
});

test('slow weather keeps the bytes in their order', async () => {
  const socket = await guest();
  await said(socket, 'warm');
  door.setWeather({ kind: 'slow', bytesPerSecond: 20_000 });
  const words = Array.from({ length: 400 }, (_, at) => `${at};`);
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  for (const [at, word] of words.entries()) {
    socket.write(word);
    // Chunks of their own, some in the same millisecond and some not, and a process that is late for its timers.
    if (at % 20 === 0) for (const until = performance.now() + 6; performance.now() < until;);
    if (at % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    else await new Promise((resolve) => setImmediate(resolve));
  }
  while (heard.length < words.join('').length) await once(socket, 'data');
  expect(heard).toBe(words.join(''));
  socket.destroy();
});

test('a cut throws out who is in, and lets nobody in until it is over', async () => {
  const socket = await guest();
  await said(socket, 'warm');
  door.setWeather({ kind: 'cut' });
  await closing(socket);
  const refused = connect(door.port, '127.0.0.1').on('error', () => undefined);
  await closing(refused);
  door.setWeather({ kind: 'clear' });
  const again = await guest();
  expect(await said(again, 'b')).toBe('b');
  again.destroy();
});

test('half-open: what is said is lost, and the connection is reset when it is over', async () => {
  const socket = await guest();
  await said(socket, 'warm');
  door.setWeather({ kind: 'halfOpen' });
  const heard: string[] = [];
  socket.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  socket.write('lost');
  const closed = closing(socket);
  door.setWeather({ kind: 'clear' });
  await closed;
  expect(heard).toEqual([]);
});

test('a reset ends every connection once', async () => {
  const socket = await guest();
  await said(socket, 'warm');
  door.reset();
  await closing(socket);
  const again = await guest();
  expect(await said(again, 'c')).toBe('c');
  again.destroy();
});
