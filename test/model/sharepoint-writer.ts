/** The shipping SharePoint writer against the model's items, one request per move. */
import type { ObjectMapping, SharePointWrite } from '@sync/core';
import { answered } from '../../services/conflict-detector/src/sight.ts';
import { resultOf } from '../../services/sharepoint-writer/src/answer.ts';
import type { Request, Seen } from '../../services/sharepoint-writer/src/job.ts';
import { learn } from '../../services/sharepoint-writer/src/known.ts';
import { begin, plan } from '../../services/sharepoint-writer/src/plan.ts';
import { settle } from '../../services/sharepoint-writer/src/settle.ts';
import type { Move } from './moves.ts';
import { currentItem, etagOf } from './world.ts';
import type { Item, SharePointCommand, Values, World } from './world.ts';

/** The writer takes up the next command. */
export function takeSharePointCommand(world: World, mapping: ObjectMapping): Move[] {
  const command = world.toSharepoint[0];
  if (command === undefined || world.writer.turn !== null) return [];
  const job = begin({ command: whole(command), mapping, known: world.writer.known ?? undefined, nowIso: '' });
  const turn = { job: { ...job, stamp: null }, step: plan(job) };
  return [{ name: 'SharePoint writer takes a command', world: { ...world, writer: { ...world.writer, turn } } }];
}

function whole(command: SharePointCommand): SharePointWrite {
  const ids = { workspaceId: 'w', object: 'thing', recordId: 'r', tenantId: 't', siteId: 's', listId: 'l' };
  return { commandId: '', ...ids, ...command, changedAt: null, issuedAt: 0 };
}

/** The writer makes its next request, or gives its answer. */
export function moveSharePointWriter(world: World): Move[] {
  const { turn } = world.writer;
  if (turn === null) return [];
  if (turn.step.do === 'wait') return [{ name: 'SharePoint writer waits', world: { ...world, writer: { ...world.writer, turn: null } } }];
  if (turn.step.do === 'answer') {
    const known = learn(turn.job, turn.step.answer) ?? null;
    const input = answered(resultOf(turn.job, turn.step.answer, 0));
    const next = { ...world, toSharepoint: world.toSharepoint.slice(1), fromSharepoint: [...world.fromSharepoint, input], writer: { known, turn: null } };
    return [{ name: `SharePoint writer answers ${turn.step.answer.kind}`, world: next }];
  }
  const request = turn.step;
  const { items, seen } = perform(world.items, request, currentItem(world));
  return [{ name: `SharePoint writer: ${request.do} → ${seen.saw}`, world: { ...world, items, writer: { ...world.writer, turn: settle(turn.job, request, seen) } } }];
}

function perform(items: readonly Item[], request: Request, newest: Item | null): { items: readonly Item[]; seen: Seen } {
  if (request.do === 'create') return create(items, request.columns as Values);
  if (request.do === 'find') return { items, seen: newest?.exists === true ? looked(newest) : { saw: 'nothing' } };
  const item = items.find((one) => String(one.id) === request.itemId && one.exists);
  if (item === undefined) return { items, seen: request.do === 'read' ? { saw: 'nothing' } : { saw: 'missing' } };
  if (request.do === 'read') return { items, seen: looked(item) };
  if (etagOf(item) !== request.etag) return { items, seen: { saw: 'stale' } };
  const next = request.do === 'delete' ? { ...item, exists: false } : { ...item, number: item.number + 1, values: { ...item.values, ...own(request.columns) } };
  return { items: items.map((one) => (one.id === item.id ? next : one)), seen: { saw: 'done', itemId: String(item.id), etag: request.do === 'delete' ? null : etagOf(next) } };
}

/** The unique column refuses a second live item. */
function create(items: readonly Item[], columns: Values): { items: readonly Item[]; seen: Seen } {
  if (items.some((item) => item.exists)) return { items, seen: { saw: 'duplicate' } };
  const item: Item = { id: items.length + 1, exists: true, number: 1, generation: 0, values: { f: null, g: null, ...own(columns) } };
  return { items: [...items, item], seen: { saw: 'done', itemId: String(item.id), etag: etagOf(item) } };
}

function own(columns: Readonly<Record<string, unknown>>): Partial<Values> {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => name === 'f' || name === 'g'));
}

function looked(item: Item): Seen {
  return { saw: 'item', item: { id: String(item.id), etag: etagOf(item), modifiedAt: null, modifiedBy: 'unknown', fields: item.values } };
}
