import express from 'express';
import type { Request, Response, Router } from 'express';
import { userNamed } from '../graph/actor-payload.ts';
import { isRefusal } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import { createItem, deleteItem, restoreItem, updateItem } from '../lists/items.ts';
import type { ItemWrite, WriteContext } from '../lists/items.ts';
import type { Simulator } from '../simulator.ts';
import type { ListState } from '../state/state.ts';
import { itemView, listView } from './views.ts';

const DEFAULT_USER = 'Robin Field';

type Change = (list: ListState, context: WriteContext, request: Request) => ItemWrite | Refusal;

/** What a person does to a list in the browser. The name of the person is `user` in the body. */
export function itemControlRoutes(simulator: Simulator): Router {
  const router = express.Router();
  const route =
    (status: number, change: Change) =>
    (request: Request, response: Response): void =>
      perform(simulator, request, response, status, change);
  router.get('/lists/:list', (request, response) => {
    const list = simulator.state.lists.get(request.params.list);
    if (list === undefined) response.status(404).json({ mistakes: [`no list ${request.params.list}`] });
    else response.json(listView(list));
  });
  router.post(
    '/lists/:list/items',
    route(201, (list, context, request) => createItem(list, fields(request), context)),
  );
  router.patch(
    '/lists/:list/items/:item',
    route(200, (list, context, request) =>
      updateItem(list, itemOf(request), fields(request), ANY_VERSION, context),
    ),
  );
  router.delete(
    '/lists/:list/items/:item',
    route(200, (list, context, request) => deleteItem(list, itemOf(request), ANY_VERSION, context.now)),
  );
  router.post(
    '/lists/:list/items/:item/restore',
    route(200, (list, context, request) => restoreItem(list, itemOf(request), context)),
  );
  return router;
}

const ANY_VERSION = { ifMatch: undefined, mode: 'honour' } as const;

function perform(
  simulator: Simulator,
  request: Request,
  response: Response,
  status: number,
  change: Change,
): void {
  const list = simulator.state.lists.get(String(request.params['list']));
  if (list === undefined) {
    response.status(404).json({ mistakes: [`no list ${String(request.params['list'])}`] });
    return;
  }
  const context = simulator.writeContext(userOf(simulator, list, request));
  const written = change(list, context, request);
  if (isRefusal(written)) {
    response.status(written.status).json({ mistakes: [written.detail ?? written.message] });
    return;
  }
  simulator.commit(written.facts);
  response.status(status).json(itemView(written.item));
}

function userOf(simulator: Simulator, list: ListState, request: Request) {
  const given = (request.body as { user?: unknown } | undefined)?.user;
  const name = typeof given === 'string' && given.trim() !== '' ? given.trim() : DEFAULT_USER;
  return userNamed(name, simulator.state.sites.get(list.info.siteId)?.host ?? 'site.example');
}

const itemOf = (request: Request): string => String(request.params['item']);
const fields = (request: Request): unknown =>
  (request.body as { fields?: unknown } | undefined)?.fields ?? {};
