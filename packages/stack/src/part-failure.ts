import { lastLines } from './log-file.ts';

/** A part could not be started or ended by itself; the message names it, the reason, its last words and its log. */
export class PartFailure extends Error {
  readonly part: string;

  constructor(part: string, reason: string, log: string) {
    const said = lastLines(log, 15).map((line) => `    ${line}`);
    super([`${part} ${reason}`, ...said, `  log: ${log}`].join('\n'));
    this.name = 'PartFailure';
    this.part = part;
  }
}
