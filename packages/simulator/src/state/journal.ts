import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Fact } from './model.ts';
import { compacted, rebuild } from './state.ts';
import type { SimState } from './state.ts';

/** Keeps facts: when `append` has returned, they survive the death of the process. */
export interface Journal {
  append(facts: readonly Fact[]): void;
  close(): void;
}

export interface OpenedJournal {
  readonly state: SimState;
  readonly journal: Journal;
}

/** A journal for tests that forgets everything. */
export const forgetfulJournal: Journal = { append: () => undefined, close: () => undefined };

/** Reads the folder's journal, rewrites it in its shortest form, and opens it for appending. */
export function openJournal(dataDir: string): OpenedJournal {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'journal.jsonl');
  const state = rebuild(existsSync(file) ? parseJournal(readFileSync(file, 'utf8')) : []);
  writeCompacted(file, state);
  const fd = openSync(file, 'a');
  return {
    state,
    journal: {
      append: (facts) => appendFileSync(fd, `${JSON.stringify(facts)}\n`),
      close: () => closeSync(fd),
    },
  };
}

/** One line is one commit (an array of facts), so a torn last line loses only a write nobody was told of. */
export function parseJournal(text: string): Fact[] {
  const lines = text.split('\n');
  lines.pop();
  return lines.flatMap((line, at) => parseCommit(line, at + 1));
}

function parseCommit(line: string, number: number): Fact[] {
  try {
    return JSON.parse(line) as Fact[];
  } catch {
    throw new Error(`journal.jsonl line ${number} is not JSON; restore the file or delete the data folder`);
  }
}

function writeCompacted(file: string, state: SimState): void {
  const next = `${file}.next`;
  const fd = openSync(next, 'w');
  for (const fact of compacted(state)) appendFileSync(fd, `${JSON.stringify([fact])}\n`);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(next, file);
}
