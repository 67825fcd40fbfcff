/** Logging: JSON lines, constant messages. Never log field values of customers' records, tokens or secrets. */
import { SyncError } from '@sync/core';
import { pino, type Logger, type LoggerOptions } from 'pino';

export type { Logger };

/** A logger of a service; `level` is the lowest that is written. */
export function createLog(
  service: string,
  level: string,
  destination?: { write(line: string): void },
): Logger {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** An error for the log: code, message, detail, causes. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    message: error.message,
    ...(error instanceof SyncError
      ? { code: error.code, detail: error.detail }
      : { name: error.name, stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
