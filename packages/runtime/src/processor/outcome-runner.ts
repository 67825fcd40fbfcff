/** Runs one piece of work to its end: waits where it must, sends stage after stage, or dead-letters. */
import { SyncError, deadLetter, reactionTo, type OutRecord, type Outcome } from '@sync/core';
import type { Logger } from '../observe/log.ts';
import type { Metrics, RuntimeMetrics } from '../observe/metrics.ts';
import type { EncodedRecord } from '../ports.ts';
import { toDeadLetter, type Origin } from './dead-letter.ts';
import { DeadLetterLimit } from './dead-letter-limit.ts';
import type { Place } from './lanes.ts';
import { GivenUp, patiently, sleepUnless, type Patience } from './patience.ts';

export interface OutcomeRunnerOptions {
  readonly service: string;
  readonly deadLetterTopic: string;
  /** Dead letters in a row, per partition, that are still borne. */
  readonly deadLetterLimit: number;
  readonly log: Logger;
  readonly metrics: Metrics<RuntimeMetrics>;
  send(records: readonly OutRecord[]): Promise<void>;
  sendRaw(records: readonly EncodedRecord[]): Promise<void>;
  now(): number;
  random(): number;
}

/** Where the work runs, and until when it is ours. */
export interface Surroundings {
  /** Fires when the partition is lost: nothing more may be sent for it. */
  readonly lost: AbortSignal;
  /** Fires when the service stops: what runs may end, what waits gives up. */
  readonly stopping: AbortSignal;
  readonly place: Place;
}

/** Sends patiently, while the work is ours. */
type Send = <T>(act: () => Promise<T>) => Promise<T>;

export class OutcomeRunner {
  readonly #options: OutcomeRunnerOptions;
  readonly #limit: DeadLetterLimit;

  constructor(options: OutcomeRunnerOptions) {
    this.#options = options;
    this.#limit = new DeadLetterLimit(options.deadLetterLimit);
  }

  /** Ends when everything is acknowledged. Throws GivenUp when the work is no longer ours, and whatever must crash. */
  async run(work: () => Outcome | Promise<Outcome>, origin: Origin, around: Surroundings): Promise<void> {
    const tries = { count: 0 };
    const patience = this.#patience(origin, around, tries);
    const outcome = await this.#outcomeOf(work, patience, tries);
    const send = <T>(act: () => Promise<T>): Promise<T> =>
      patiently(() => (giveUpIf(around.lost), act()), patience);
    const ended = outcome.kind === 'emit' ? await this.#emit(outcome.stages, send) : outcome;
    if (ended.kind === 'deadLetter') await this.#bury(origin, ended, send, tries.count);
    else this.#note(origin, false);
    this.#count(origin, ended);
  }

  async #outcomeOf(
    work: () => Outcome | Promise<Outcome>,
    patience: Patience,
    tries: { count: number },
  ): Promise<Outcome> {
    try {
      return await patiently(async () => (tries.count++, work()), patience);
    } catch (error) {
      return asDeadLetter(error);
    }
  }

  async #emit(stages: readonly (readonly OutRecord[])[], send: Send): Promise<Outcome> {
    try {
      for (const stage of stages) await send(() => this.#options.send(stage));
      return { kind: 'emit', stages };
    } catch (error) {
      return asDeadLetter(error);
    }
  }

  async #bury(
    origin: Origin,
    outcome: Extract<Outcome, { kind: 'deadLetter' }>,
    send: Send,
    attempts: number,
  ): Promise<void> {
    const { service, deadLetterTopic: topic, log, metrics, now } = this.#options;
    await send(() =>
      this.#options.sendRaw([toDeadLetter(origin, outcome, { topic, service, attempts, now: now() })]),
    );
    metrics.count('sync_dead_letters_total', { topic: origin.topic, code: outcome.code });
    log.warn({ ...whence(origin), code: outcome.code }, 'record sent to the dead letters');
    this.#note(origin, true);
  }

  #note(origin: Origin, deadLettered: boolean): void {
    if (!this.#limit.passedBy(`${origin.topic}|${origin.partition}`, deadLettered)) return;
    const { deadLetterLimit } = this.#options;
    throw new SyncError(
      'DEAD_LETTER_LIMIT',
      `processing: more than ${deadLetterLimit} dead letters in a row`,
      { detail: whence(origin) },
    );
  }

  #patience(
    { topic, partition, offset }: Origin,
    { lost, stopping, place }: Surroundings,
    tries: { count: number },
  ): Patience {
    const { log, metrics, random } = this.#options;
    return {
      random,
      wait: (ms) => place.leaveUntil(sleepUnless([lost, stopping], ms)),
      onWait: (error, ms) => {
        metrics.count('sync_waits_total', { code: error.code });
        const level = ms >= 10_000 ? 'warn' : tries.count > 1 ? 'info' : 'debug';
        log[level](
          { topic, partition, offset: offset.toString(), code: error.code, waitMs: ms, err: error },
          'key waits',
        );
      },
    };
  }

  #count(origin: Origin, outcome: Outcome): void {
    const { metrics, now } = this.#options;
    const reason =
      outcome.kind === 'drop' ? outcome.reason : outcome.kind === 'deadLetter' ? outcome.code : '';
    metrics.count('sync_records_total', { topic: origin.topic, outcome: outcome.kind, reason });
    const end = now();
    metrics.observe(
      'sync_process_seconds',
      { topic: origin.topic },
      Math.max(0, end - origin.firstSeen) / 1000,
    );
    metrics.observe(
      'sync_record_age_seconds',
      { topic: origin.topic },
      Math.max(0, end - origin.timestamp) / 1000,
    );
  }
}

/** A fenced instance must not send any more. */
function giveUpIf(lost: AbortSignal): void {
  if (lost.aborted) throw new GivenUp();
}

function asDeadLetter(error: unknown): Outcome {
  if (error instanceof SyncError && reactionTo(error) === 'deadLetter')
    return deadLetter(error.code, error.message);
  throw error;
}

function whence({ topic, partition, offset }: Origin): Record<string, unknown> {
  return { topic, partition, offset: offset.toString() };
}
