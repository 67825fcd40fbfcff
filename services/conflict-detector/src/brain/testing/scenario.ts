/**
 * Given / when / then for the brain. A scenario is a list of inputs; versions are small numbers, fields are `f` and `g`.
 *
 *   scenario(twenty(1, { f: 'a' }), sharepoint(1, { f: 'a' }), twenty(2, { f: 'b' })).asks → [{ side: 'sharepoint', f: 'b' }]
 */
import { ALIVE } from '@sync/core';
import type { MappingField, RecordState, Side } from '@sync/core';
import type { MassKind } from '../breaker.ts';
import type { Clash } from '../desire.ts';
import type { Input, Refused, Seen } from '../input.ts';
import type { Policy, Strategy } from '../policy.ts';
import { NOTHING_KNOWN, openWishes } from '../state.ts';
import { think } from '../think.ts';

export type Values = Readonly<Record<string, string | null>>;

const CODEC = {
  fromRow: () => null,
  toRow: () => ({ ok: true as const, values: [] }),
  fromItem: () => null,
  toItem: () => ({ ok: true as const, values: [] }),
};

function plainField(name: string): MappingField {
  return { name, twenty: [[name]], columns: [{ name, displayName: name, facet: 'text' }], codec: CODEC };
}

export const F_AND_G: readonly MappingField[] = [plainField('f'), plainField('g')];

/** Version numbers as text that sorts. */
export function v(number: number): string {
  return String(number).padStart(4, '0');
}

/** A change of the row, complete. `at` in milliseconds. */
export function twenty(version: number, values: Values, more: Partial<Seen> = {}): Input {
  return seen('twenty', version, values, more);
}

/** A state of the item, complete, as the delta feed tells it. */
export function sharepoint(version: number, values: Values, more: Partial<Seen> = {}): Input {
  return seen('sharepoint', version, values, { itemId: '7', etag: `e${version}`, ...more });
}

function seen(side: Side, version: number, values: Values, more: Partial<Seen>): Input {
  const whole = {
    version: v(version),
    exists: true,
    values,
    unchanged: [],
    at: null,
    itemId: null,
    etag: null,
  };
  return { kind: 'seen', side, seen: { ...whole, ...more } };
}

/** The row was deleted, or the item is gone. */
export function deleted(
  side: Side,
  version: number,
  values: Values = {},
  diedAt: string | null = null,
): Input {
  return seen(side, version, values, { exists: false, diedAt, itemId: side === 'twenty' ? null : '7' });
}

/** An answer to wishes as they were sent: field, value, source. */
export function written(
  side: Side,
  wishes: readonly (readonly [string, string, string])[],
  version = v(2),
): Input {
  const answered = wishes.map(([field, value, source]) => ({ field, value, source }));
  return { kind: 'answer', side, answer: 'written', wishes: answered, version, picture: null, refusals: [] };
}

/** An answer to the wishes that are open now for a side, or to the ones given. */
export interface Reply {
  readonly to: Side;
  readonly answer: 'written' | 'alreadySo' | 'stale' | 'refused';
  readonly version?: number;
  readonly picture?: Values;
  readonly refusals?: readonly Refused[];
  /** Number of the command that is answered, counted from 1; the newest of the side when left out. */
  readonly command?: number;
}

export interface Asked {
  readonly side: Side;
  readonly basis: string;
  readonly wishes: Values;
}

export interface Told {
  readonly state: RecordState;
  /** Commands in the order they were sent. */
  readonly asks: readonly Asked[];
  readonly conflicts: readonly Clash[];
}

export interface Rules {
  readonly strategy?: Strategy;
  readonly fields?: readonly MappingField[];
  readonly loopLimit?: number;
  /** The breaker that has tripped. */
  readonly tripped?: MassKind;
}

/** Plays inputs and answers to the brain, one after the other. */
export function play(steps: readonly (Input | Reply)[], rules: Rules = {}): Told {
  return steps.reduce<Told & { sent: readonly Sent[] }>((so, step) => advance(so, step, rules), {
    state: NOTHING_KNOWN,
    asks: [],
    conflicts: [],
    sent: [],
  });
}

interface Sent {
  readonly side: Side;
  readonly wishes: readonly { field: string; value: string | null; source: string }[];
}

function advance(
  so: Told & { sent: readonly Sent[] },
  step: Input | Reply,
  rules: Rules,
): Told & { sent: readonly Sent[] } {
  const input = 'kind' in step ? step : answerOf(so.sent, step);
  const policy: Policy = {
    strategyOf: () => rules.strategy ?? 'lastWriteWins',
    skewMs: 2000,
    tieWinner: 'twenty',
    loopLimit: rules.loopLimit ?? 0,
    loopWindowMs: 600_000,
  };
  const next = think(so.state, input, {
    fields: rules.fields ?? F_AND_G,
    policy,
    recordId: 'r1',
    labelOf: () => null,
    active: true,
    mayWrite: (_, kind) => kind !== rules.tripped,
    changedAt: null,
    now: 0,
  });
  const sent = next.send.map((side) => sentBy(next.state, side));
  return {
    state: next.state,
    asks: [...so.asks, ...next.send.map((side) => askedBy(next.state, side))],
    conflicts: [...so.conflicts, ...next.conflicts],
    sent: [...so.sent, ...sent],
  };
}

function sentBy(state: RecordState, side: Side): Sent {
  const wishes = Object.entries(openWishes(state, side)?.wishes ?? {});
  return { side, wishes: wishes.map(([field, wish]) => ({ field, value: wish.value, source: wish.source })) };
}

function askedBy(state: RecordState, side: Side): Asked {
  const open = openWishes(state, side);
  const wishes = Object.entries(open?.wishes ?? {}).map(([field, wish]) => [field, wish.value] as const);
  return { side, basis: open?.basis ?? '', wishes: Object.fromEntries(wishes) };
}

function answerOf(sent: readonly Sent[], reply: Reply): Input {
  const toSide = sent.filter((one) => one.side === reply.to);
  const command = reply.command === undefined ? toSide.at(-1) : toSide[reply.command - 1];
  if (command === undefined) throw new Error(`scenario: no command to ${reply.to} to answer`);
  const refused = new Set((reply.refusals ?? []).map((refusal) => refusal.field));
  return {
    kind: 'answer',
    side: reply.to,
    answer: reply.answer,
    wishes: command.wishes.filter((wish) => !refused.has(wish.field)),
    version: reply.version === undefined ? '' : v(reply.version),
    picture: reply.picture === undefined ? null : pictureOf(reply, reply.picture),
    refusals: reply.refusals ?? [],
  };
}

function pictureOf(reply: Reply, values: Values): Seen {
  const item =
    reply.to === 'sharepoint'
      ? { itemId: '7', etag: `e${reply.version ?? 0}` }
      : { itemId: null, etag: null };
  return {
    version: v(reply.version ?? 0),
    exists: values[ALIVE] !== 'false',
    values,
    unchanged: [],
    at: null,
    ...item,
  };
}

/** Both sides hold the same, at version 1, and the brain knows it. */
export function inStep(values: Values): Input[] {
  return [
    twenty(1, values),
    {
      kind: 'answer',
      side: 'sharepoint',
      answer: 'alreadySo',
      version: v(1),
      refusals: [],
      picture: pictureOf({ to: 'sharepoint', answer: 'alreadySo', version: 1 }, values),
      wishes: [ALIVE, ...Object.keys(values)].map((field) => ({
        field,
        value: field === ALIVE ? 'true' : (values[field] ?? null),
        source: v(1),
      })),
    },
  ];
}
