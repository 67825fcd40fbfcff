import type { Weather } from './proxy.ts';

/** When a chunk may go on: never before the one before it. Times in milliseconds. */
export function dueAt(weather: Weather, last: number, now: number, bytes: number): number {
  if (weather.kind === 'latency') return Math.max(last, now + weather.ms);
  if (weather.kind === 'slow') return Math.max(last, now) + (bytes / weather.bytesPerSecond) * 1_000;
  return Math.max(last, now);
}
