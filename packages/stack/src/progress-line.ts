import type { Progress } from './stack.ts';
import { withoutPassword } from './status.ts';

/** A progress line: seconds since the start, part, what happened; undefined where nothing need be said. */
export function progressLine(progress: Progress, elapsedMs: number): string | undefined {
  const time = `[${(elapsedMs / 1_000).toFixed(1).padStart(6)} s]`;
  if (progress.kind === 'note') return `${time} ${progress.text}`;
  const { part, event, ms } = progress;
  const seconds = `${(ms / 1_000).toFixed(1)} s`;
  const done = part.kind === 'step' ? `done in ${seconds}` : `ready in ${seconds}`;
  const words = {
    starting: 'starting',
    ready: done,
    external: 'not ours, as configured',
    stopping: 'stopping',
  }[event];
  const url = event === 'ready' || event === 'external' ? withoutPassword(part.url) : '';
  return `${time} ${part.name.padEnd(18)} ${words.padEnd(16)} ${url}`.trimEnd();
}
