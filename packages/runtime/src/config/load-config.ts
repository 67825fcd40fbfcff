/** Reads options from the environment and reports all mistakes at once. */
import { SyncError } from '@sync/core';
import type { ConfigOf, Option, OptionTable } from './option.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration; throws one CONFIG_INVALID that names every wrong variable and the mending. */
export function loadConfig<O extends OptionTable>(table: O, env: Environment): ConfigOf<O> {
  const problems: string[] = [];
  const values = Object.entries(table).map(([name, option]) => [name, read(option, env, problems)]);
  if (problems.length > 0)
    throw new SyncError('CONFIG_INVALID', ['reading the configuration:', ...problems].join('\n'), {
      detail: { problems },
    });
  // Every entry was read by the parser of its own row.
  return Object.fromEntries(values) as ConfigOf<O>;
}

function read(option: Option<unknown>, env: Environment, problems: string[]): unknown {
  const text = env[option.env];
  if (text === undefined || text === '') {
    if ('fallback' in option) return option.fallback;
    problems.push(`  ${option.env} is required: ${option.doc}`);
    return undefined;
  }
  try {
    return option.parse(text);
  } catch (error) {
    problems.push(`  ${option.env}${quoted(option, text)} ${messageOf(error)}: ${option.doc}`);
    return undefined;
  }
}

/** The values of a configuration for people to read; secrets are hidden. */
export function printable(
  table: OptionTable,
  config: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([name, option]) => [
      option.env,
      option.secret && config[name] !== undefined ? '***' : config[name],
    ]),
  );
}

function quoted(option: Option<unknown>, text: string): string {
  return option.secret ? '' : ` (${text.length > 60 ? `${text.slice(0, 60)}…` : text})`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'is wrong';
}
