import { noFaults } from '../graph/fault.ts';
import { seedFacts, siteFacts, siteMistakes, tenantMistakes } from '../seed.ts';
import type { SeedSite, SeedTenant } from '../seed.ts';
import type { Simulator } from '../simulator.ts';

export interface ControlReply {
  readonly status: number;
  readonly body: object;
}

type Body = Readonly<Record<string, unknown>>;

const wrong = (...mistakes: readonly string[]): ControlReply => ({ status: 400, body: { mistakes } });
const done = (body: object): ControlReply => ({ status: 200, body });

export function upsertTenant(simulator: Simulator, body: Body): ControlReply {
  const mistakes = tenantMistakes(body, 'tenant');
  if (mistakes.length > 0) return wrong(...mistakes);
  const tenant = body as unknown as SeedTenant;
  simulator.commit(seedFacts(simulator.state, { tenants: [tenant] }, simulator.now()));
  return done({ id: tenant.id });
}

export function changeTenant(simulator: Simulator, id: string, body: Body): ControlReply {
  const tenant = simulator.state.tenants.get(id);
  if (tenant === undefined) return wrong(`no tenant ${id}`);
  const { licences } = body;
  if (typeof licences !== 'number' || licences < 0) return wrong('licences must be a number');
  simulator.commit([{ t: 'tenant', tenant: { ...tenant, licences } }]);
  return done({ id, licences });
}

export function addSite(simulator: Simulator, body: Body): ControlReply {
  const { tenantId } = body;
  if (typeof tenantId !== 'string' || !simulator.state.tenants.has(tenantId.toLowerCase())) {
    return wrong('tenantId must name a tenant');
  }
  const mistakes = siteMistakes(body, 'site');
  if (mistakes.length > 0) return wrong(...mistakes);
  const site = body as unknown as SeedSite;
  simulator.commit(siteFacts(simulator.state, tenantId, site, simulator.now()));
  return done({ host: site.host, path: site.path });
}

/** Every delta token handed out so far is answered with 410. */
export function expireDeltas(simulator: Simulator, listId: string): ControlReply {
  const list = simulator.state.lists.get(listId);
  if (list === undefined) return wrong(`no list ${listId}`);
  simulator.commit([{ t: 'list', list: { ...list.info, epoch: list.info.epoch + 1 } }]);
  return done({ id: listId });
}

export function setFaults(simulator: Simulator, body: Body): ControlReply {
  const known = Object.keys(noFaults());
  const mistakes = Object.entries(body)
    .filter(([name, value]) => !known.includes(name) || typeof value !== 'number' || value < 0)
    .map(([name]) => `${name} must be one of ${known.join(', ')} with a number`);
  if (mistakes.length > 0) return wrong(...mistakes);
  Object.assign(simulator.faults, body);
  return done(simulator.faults);
}
