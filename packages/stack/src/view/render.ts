import type { SeenChange, ViewModel } from './model.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const DIRECTIONS = ['twenty → sharepoint', 'sharepoint → twenty'] as const;

/** The lines of the live view, none wider than the terminal, no more than fit. */
export function render(model: ViewModel, size: Size): string[] {
  const head = [
    'Twenty ⇄ SharePoint',
    ...model.links.map(([name, url]) => `  ${name.padEnd(12)} ${url}`),
    '',
    ...partLines(model, size.columns),
    `lag: ${model.lag === undefined ? 'not known yet' : `${model.lag} record${model.lag === 1 ? '' : 's'} waiting`}`,
  ];
  const foot = ['', 'Ctrl-C stops everything; the data stays.'];
  const room = Math.max(0, Math.floor((size.rows - head.length - foot.length) / 2) - 3);
  const tables = DIRECTIONS.flatMap((direction) => table(model, direction, room));
  return [...head, ...tables, ...foot].slice(0, size.rows).map((line) => clip(line, size.columns));
}

function partLines(model: ViewModel, columns: number): string[] {
  const up = model.parts.filter(([, isUp]) => isUp).length;
  const lines = [`parts up: ${up} of ${model.parts.length}`];
  let line = ' ';
  for (const [name, isUp] of model.parts) {
    const word = ` ${isUp ? '●' : '○'} ${name}`;
    if (line.length + word.length > columns && line.trim() !== '') {
      lines.push(line);
      line = ' ';
    }
    line += word;
  }
  return [...lines, line];
}

function table(model: ViewModel, direction: SeenChange['direction'], room: number): string[] {
  const changes = model.changes.filter((change) => change.direction === direction).slice(0, room);
  const rows = changes.length === 0 ? ['  none yet'] : changes.map(row);
  return [
    '',
    direction,
    `  ${'time'.padEnd(12)} ${'object'.padEnd(14)} ${'latency'.padStart(9)}  record`,
    ...rows,
  ].slice(0, room + 3);
}

function row(change: SeenChange): string {
  const time = change.at.toISOString().slice(11, 23);
  return `  ${time} ${change.object.padEnd(14)} ${latency(change.latencyMs).padStart(9)}  ${change.key}`;
}

/** Milliseconds for people. */
export function latency(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** Control characters could come from a record's key and would garble the terminal. */
function clip(line: string, columns: number): string {
  return Array.from(line.replaceAll(/\p{Cc}/gu, ' '))
    .slice(0, columns)
    .join('');
}
