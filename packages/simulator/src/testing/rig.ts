import { answer } from '../graph/answer.ts';
import { userNamed } from '../graph/actor-payload.ts';
import { isRefusal } from '../graph/refusal.ts';
import type { Delivered } from '../notify/deliver.ts';
import { updateItem } from '../lists/items.ts';
import { seedFacts } from '../seed.ts';
import { Simulator } from '../simulator.ts';
import { forgetfulJournal } from '../state/journal.ts';
import { emptyState } from '../state/state.ts';

export const TENANT = '5b0c7a10-0000-4000-8000-0000000000aa';
export const OTHER_TENANT = '5b0c7a10-0000-4000-8000-0000000000bb';
export const APP = '9d1e44c2-0000-4000-8000-0000000000cc';
export const HOST = 'tidewater-demo.sharepoint.example';
export const BASE = 'http://graph.test/v1.0';
export const START = Date.UTC(2026, 4, 6, 7, 8, 9, 640);

export interface Sent {
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON body after a round trip through text, as a client sees it. */
  readonly body: Json;
}

export type Json = Record<string, unknown>;

/** A simulator without disk, sockets, clock or timers, with a site and a list of plants in it. */
export class Rig {
  readonly simulator: Simulator;
  readonly sent: Sent[] = [];
  now = START;
  #ids = 0;
  #receiver: (sent: Sent) => Delivered | Promise<Delivered> = echo;
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  constructor() {
    this.simulator = new Simulator({
      state: emptyState(),
      journal: forgetfulJournal,
      now: () => this.now,
      newId: () => `00000000-0000-4000-8000-${String((this.#ids += 1)).padStart(12, '0')}`,
      deliver: async (url, contentType, body) => {
        this.sent.push({ url, contentType, body });
        return this.#receiver({ url, contentType, body });
      },
      later: (ms, run) => {
        const timer = { at: this.now + ms, run };
        this.#timers.push(timer);
        return () => void (this.#timers = this.#timers.filter((one) => one !== timer));
      },
    });
    const tenant = { clientId: APP, clientSecret: 'hush', appName: 'Garden Sync' };
    const sites = [{ host: HOST, path: '/sites/garden', name: 'Garden' }];
    const tenants = [
      { id: TENANT, ...tenant, sites },
      { id: OTHER_TENANT, ...tenant },
    ];
    this.simulator.commit(seedFacts(this.simulator.state, { tenants }, START));
  }

  receive(receiver: (sent: Sent) => Delivered | Promise<Delivered>): void {
    this.#receiver = receiver;
  }

  /** Lets time pass, running the timers that come due and everything they start. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.now);
    this.#timers = this.#timers.filter((timer) => timer.at > this.now);
    for (const timer of due) timer.run();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }

  async call(
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
    tenantId = TENANT,
  ): Promise<Answered> {
    const [path = '', search = ''] = url.replace(BASE, '').split(/\?(.*)/s);
    const reply = await answer(this.simulator, {
      method,
      path,
      query: new URLSearchParams(search),
      headers,
      body,
      caller: { tenantId, app: { kind: 'app', id: APP, displayName: 'Garden Sync' } },
      base: BASE,
      requestId: 'request-1',
      clientRequestId: 'client-1',
      date: '2026-05-06T07:08:09',
    });
    const text = JSON.stringify(reply.body ?? null);
    return { status: reply.status, headers: reply.headers ?? {}, body: JSON.parse(text) as Json };
  }

  /** Address of the garden site. */
  async site(): Promise<string> {
    const { body } = await this.call('GET', `/sites/${HOST}:/sites/garden`);
    return `/sites/${String(body['id'])}`;
  }

  /** Makes the list of plants and answers its address. */
  async plants(): Promise<string> {
    const site = await this.site();
    const { body } = await this.call('POST', `${site}/lists`, PLANTS);
    return `${site}/lists/${String(body['id'])}`;
  }

  async plant(list: string, fields: Json): Promise<Json> {
    return (await this.call('POST', `${list}/items`, { fields })).body;
  }

  /** A person edits an item in the browser. */
  editAs(name: string, listId: string, itemId: string, fields: Json): void {
    const list = this.simulator.state.lists.get(listId);
    if (list === undefined) throw new Error(`no list ${listId}`);
    const context = this.simulator.writeContext(userNamed(name, HOST));
    const written = updateItem(list, itemId, fields, { ifMatch: undefined, mode: 'honour' }, context);
    if (isRefusal(written)) throw new Error(written.message);
    this.simulator.commit(written.facts);
  }
}

/** A receiver that passes the handshake and accepts everything. */
export function echo({ url }: Sent): Delivered {
  const token = new URL(url).searchParams.get('validationToken');
  return { status: token === null ? 202 : 200, contentType: 'text/plain', text: token ?? '' };
}

export const PLANTS = {
  displayName: 'Plants',
  columns: [
    { name: 'PlantKey', text: { maxLength: 36 }, indexed: true, enforceUniqueValues: true },
    { name: 'Height', number: {} },
    { name: 'Price', currency: { locale: 'en-us' } },
    { name: 'Sown', dateTime: { format: 'dateTime' } },
    { name: 'Perennial', boolean: {} },
    { name: 'Light', choice: { choices: ['SUN', 'SHADE'] } },
    { name: 'Pests', choice: { choices: ['SLUG', 'APHID'], displayAs: 'checkBoxes' } },
    { name: 'Notes', text: { allowMultipleLines: true, linesForEditing: 6 } },
  ],
  list: { template: 'genericList' },
};

export const listIdOf = (address: string): string => address.split('/').at(-1) ?? '';
export const errorOf = (answered: Answered): Json => answered.body['error'] as Json;
export const fieldsOf = (item: Json): Json => item['fields'] as Json;
export const valueOf = (answered: Answered): Json[] => answered.body['value'] as Json[];
