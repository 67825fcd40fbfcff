import { byId, element } from './dom.js';

let drawn = '';

/** Draws tenants, sites and lists at the side, only when something in them changed. */
export function drawSites(tree, currentId, onChoose) {
  const now = JSON.stringify([tree, currentId]);
  if (now === drawn) return;
  drawn = now;
  byId('sites').replaceChildren(...tree.tenants.map((tenant) => tenantBlock(tenant, currentId, onChoose)));
}

function tenantBlock(tenant, currentId, onChoose) {
  const sites = tenant.sites.map((site) => siteBlock(site, currentId, onChoose));
  const label = element('p', { class: 'quiet', title: tenant.id }, `Tenant ${tenant.id}`);
  return element('div', { class: 'tenant', 'data-testid': `tenant-${tenant.id}` }, label, ...sites);
}

function siteBlock(site, currentId, onChoose) {
  const name = site.path.split('/').at(-1) || site.host;
  const address = element(
    'span',
    { class: 'site-address', title: site.host + site.path },
    site.host + site.path,
  );
  const lists = site.lists.map((list) => listLink(list, currentId, () => onChoose(list.id)));
  const none = site.lists.length > 0 ? [] : [element('p', { class: 'quiet list-link' }, 'No lists yet')];
  const heading = element('h2', {}, site.name, address);
  return element('div', { class: 'site', 'data-testid': `site-${name}` }, heading, ...lists, ...none);
}

function listLink(list, currentId, onclick) {
  const attributes = {
    class: 'list-link',
    'data-testid': `list-${list.name}`,
    'aria-current': String(list.id === currentId),
    onclick,
  };
  return element(
    'button',
    attributes,
    element('span', {}, list.name),
    element('span', {}, String(list.items)),
  );
}
