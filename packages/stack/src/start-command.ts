import { AlreadyRunning } from './folder-lock.ts';
import { progressLine } from './progress-line.ts';
import { type Stack, startStack } from './stack.ts';
import type { StackState } from './state.ts';
import { withoutPassword } from './status.ts';
import { type LiveView, plainView, terminalView } from './view/live-view.ts';

export interface StartCommand {
  readonly repoRoot: string;
  readonly dataDir: string;
  readonly only?: readonly string[];
}

/** Wires the live view to its sources; returns what ends that. */
export type WatchChanges = (
  view: LiveView,
  env: Readonly<Record<string, string>>,
) => Promise<() => Promise<void>>;

/** Starts the stack, shows it until a signal or a death, stops it; resolves with the exit code. */
export async function runStart(command: StartCommand, watch: WatchChanges): Promise<number> {
  const begin = Date.now();
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const asked = signalled();
  const onProgress = (progress: Parameters<typeof progressLine>[0]) => {
    const line = progressLine(progress, Date.now() - begin);
    if (line !== undefined) say(line);
  };
  let stack: Stack;
  try {
    stack = await startStack({ ...command, onProgress, signal: asked });
  } catch (error) {
    if (!asked.aborted) say(error instanceof Error ? error.message : String(error));
    if (!(error instanceof AlreadyRunning)) say('stopped');
    return asked.aborted ? 0 : 1;
  }
  say(
    `everything runs after ${((Date.now() - begin) / 1_000).toFixed(1)} s; data in ${command.dataDir}; Ctrl-C stops it`,
  );
  const failure = await show(stack, watch, asked, say);
  if (failure) say(failure.message);
  await stack.stop();
  say('stopped');
  return failure ? 1 : 0;
}

async function show(stack: Stack, watch: WatchChanges, asked: AbortSignal, say: (line: string) => void) {
  const view = process.stdout.isTTY ? terminalView(process.stdout, links(stack.env)) : plainView(say);
  const showParts = () => view.setParts(partsUp(stack.state()));
  const timer = setInterval(showParts, 1_000);
  showParts();
  const unwatch = await watch(view, stack.env);
  const failure = await Promise.race([stack.died, untilAborted(asked)]);
  clearInterval(timer);
  view.close();
  await unwatch();
  return failure;
}

/** What a person opens or connects to; the services' own ports are in `npm run status`. */
function links(env: Readonly<Record<string, string>>): [string, string][] {
  const shown: [string, string | undefined][] = [
    ['SharePoint', env['SYNC_SIMULATOR_URL'] ?? env['SYNC_GRAPH_URL']],
    ['Twenty', env['SYNC_PG_URL']],
    ['Kafka', env['SYNC_KAFKA_BROKERS']],
    ['registry', env['SYNC_REGISTRY_URL']],
    ['Connect', env['SYNC_CONNECT_URL']],
  ];
  return shown.flatMap(([name, url]) => (url === undefined ? [] : [[name, withoutPassword(url)]]));
}

function partsUp(state: StackState): [string, boolean][] {
  const processes = Object.entries(state.parts).filter(([, part]) => part.kind === 'process');
  return processes.map(([name, part]) => [name, part.state === 'running' || part.state === 'external']);
}

/** Aborted by the first Ctrl-C, SIGTERM or SIGHUP; more of them change nothing, since every stop has a limit of its own. */
function signalled(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
