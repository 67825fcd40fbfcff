/** The shell around the brain: finds what is known of a record, asks the brain, hands its answer to the runtime. */
import { bindingKey, drop, emit, parseRecordKey, to, topics } from '@sync/core';
import type { Outcome, RecordState } from '@sync/core';
import type { ConfigOf, Service, ServiceContext } from '@sync/runtime';
import type { options } from './config.ts';
import { decide, resend } from './decide.ts';
import { hear } from './hear.ts';
import type { Step } from './hear.ts';
import { labelIn, labelsOf } from './labels.ts';
import type { Label } from './labels.ts';
import { createSecondLook } from './second-look.ts';
import { situationOf } from './situation.ts';
import type { Situation } from './situation.ts';
import { createTally } from './tally.ts';
import { createTenure } from './tenure.ts';
import { createWatch } from './watch.ts';

type Context = ServiceContext<ConfigOf<typeof options>>;

export function createDetector(ctx: Context): Service {
  const config = ctx.table(topics.config);
  const lists = ctx.table(topics.lists);
  const labels = {
    company: ctx.table(topics.twentyChanges.company, labelIn),
    person: ctx.table(topics.twentyChanges.person, labelIn),
  };
  const tenure = createTenure();
  const records = ctx.store(topics.records, {
    rankOf: (state) => state.ownedSince,
    onOutranked: (key) => {
      outranked.add(key);
      writeAgain();
    },
  });
  const watch = createWatch();
  const tally = createTally((key) => records.get(key));
  /** Records of which a process that had lost its partition wrote the newest state. */
  const outranked = new Set<string>();

  records.onChange((key, state) => {
    if (state === undefined) return;
    watch.note(key, state);
    // Saved by a process that had lost the partition: what it says is out may never have left (B8).
    if (tenure.isEarlier(state)) resendWhere([key]);
  });

  const labelOf = (object: string, key: string): Label | undefined =>
    object === 'company' || object === 'person' ? labels[object].get(key) : undefined;

  const situationAt = (key: string): Situation | null => {
    const ids = parseRecordKey(key);
    if (ids === null) return null;
    return situationOf(ids, {
      config: config.get(ids.workspaceId),
      binding: lists.get(bindingKey(ids)),
      labelOf: labelsOf(ids.workspaceId, labelOf),
      massOf: (side, kind, windowMs) => tally.massOf(ids, side, kind, ctx.now() - windowMs),
    });
  };

  const noted = (key: string, given: Outcome): Outcome => {
    const outcome = tenure.mark(given);
    const sent = outcome.kind === 'emit' ? outcome.stages.flat() : [];
    const state = sent.find(({ topic }) => topic.name === topics.records.name);
    if (state === undefined) return outcome;
    tally.note(key, records.get(key), state.value as RecordState, ctx.now());
    watch.note(key, state.value as RecordState);
    return outcome;
  };

  const look = (key: string): void =>
    ctx.enqueue(key, async () =>
      noted(
        key,
        step(key, () => ({ kind: 'look' }), null),
      ),
    );

  const step: Step = (key, input, changedAt) => {
    const situation = situationAt(key);
    if (situation === null) return drop('object-not-synced');
    if (tenure.isOver(records.get(key))) return drop('partition-lost');
    return decide(records.get(key), input(situation), situation, { changedAt, now: ctx.now() });
  };

  const resendWhere = (keys: readonly string[]): void => {
    for (const key of keys.filter((one) => ctx.owns(topics.records, one))) {
      ctx.enqueue(key, async () => {
        const situation = situationAt(key);
        if (situation === null) return drop('object-not-synced');
        if (tenure.isOver(records.get(key))) return drop('partition-lost');
        return noted(key, resend(records.get(key), situation, { changedAt: null, now: ctx.now() }));
      });
    }
  };

  /** The owner's state must be the newest of its key, or compaction would leave the stranger's. */
  const writeAgain = (): void => {
    for (const key of [...outranked].filter((one) => ctx.owns(topics.records, one))) {
      outranked.delete(key);
      ctx.enqueue(key, async () => {
        const state = records.get(key);
        if (state === undefined || tenure.isOver(state)) return drop('partition-lost');
        return noted(key, emit([to(topics.records, key, state)]));
      });
    }
  };

  const lookWhere = (matches: (key: string) => boolean): void => {
    for (const [key] of records.entries()) if (ctx.owns(topics.records, key) && matches(key)) look(key);
  };

  const onTheWay = createSecondLook();
  const lookUnder = (prefix: string): void => {
    lookWhere((key) => key.startsWith(`${prefix}|`));
    onTheWay.remember(prefix);
  };
  lists.onChange(lookUnder);
  config.onChange(lookUnder);
  for (const table of Object.values(labels)) {
    table.onChange((key) =>
      watch
        .dependentsOf(key)
        .filter((one) => ctx.owns(topics.records, one))
        .forEach(look),
    );
  }
  // Whoever takes over a partition sends again what its state says is out (B8).
  ctx.onAssigned(() => {
    tenure.begin(records.entries(), ctx.now());
    writeAgain();
    for (const [key, state] of records.entries()) {
      watch.note(key, state);
      tally.note(key, state, state, ctx.now());
    }
    resendWhere(watch.openSince(Number.POSITIVE_INFINITY));
    // A list or a setting that changed while the record went from hand to hand was looked at by nobody.
    lookWhere((key) => step(key, () => ({ kind: 'look' }), null).kind !== 'drop');
  });
  ctx.every(10_000, 'resend', async () => {
    resendWhere(watch.openSince(ctx.now() - ctx.config.resendAfterMs));
    const prefixes = onTheWay.due();
    lookWhere((key) => prefixes.some((prefix) => key.startsWith(`${prefix}|`)));
  });

  return { process: async (record) => noted(record.key, hear(record, step)) };
}
