import { deleteItem, readList, readTree, restoreItem } from './api.js';
import { byId } from './dom.js';
import { closePanel, noticeRefresh, openPanel } from './panel.js';
import { drawSites } from './sites.js';
import { drawTable } from './table.js';

const REFRESH_MS = 1000;

const view = {
  listId: decodeURIComponent(location.hash.slice(1)) || null,
  list: null,
  seen: null,
  bin: false,
};

/** Fetches what changed and draws it; an edit in progress lives in the panel and is left alone. */
async function refresh() {
  const tree = await readTree();
  const found = findList(tree, view.listId);
  if (found === null) view.listId = null;
  drawSites(tree, view.listId, choose);
  byId('welcome').hidden = found !== null;
  byId('list').hidden = found === null;
  if (found === null || (view.list?.id === found.list.id && view.list.revision === found.list.revision))
    return;
  const list = await readList(found.list.id);
  if (list.id !== view.listId) return;
  byId('place').textContent = `${found.site.name} · ${found.site.host}${found.site.path}`;
  byId('title').textContent = list.name;
  view.seen = view.list?.id === list.id ? versions(view.list) : null;
  view.list = list;
  draw();
  noticeRefresh(list);
}

function draw() {
  if (view.list === null) return;
  const bin = byId('bin');
  bin.textContent = `Recycle bin (${view.list.recycled.length})`;
  bin.setAttribute('aria-pressed', String(view.bin));
  drawTable(view.list, {
    search: byId('search').value.trim(),
    bin: view.bin,
    seen: view.seen,
    onEdit: (item) => openPanel(view.list, item, refresh),
    onDelete: (item) => void act(() => deleteItem(view.list.id, item.id)),
    onRestore: (item) => void act(() => restoreItem(view.list.id, item.id)),
  });
}

async function act(run) {
  try {
    await run();
    await refresh();
  } catch (error) {
    byId('note').textContent = error.message;
  }
}

function choose(listId) {
  Object.assign(view, { listId, list: null, seen: null, bin: false });
  byId('search').value = '';
  history.replaceState(null, '', `#${encodeURIComponent(listId)}`);
  closePanel();
  void act(() => Promise.resolve());
}

function findList(tree, listId) {
  for (const tenant of tree.tenants) {
    for (const site of tenant.sites) {
      const list = site.lists.find((one) => one.id === listId);
      if (list !== undefined) return { site, list };
    }
  }
  return null;
}

const versions = (list) => new Map([...list.items, ...list.recycled].map((item) => [item.id, item.eTag]));

async function loop() {
  try {
    await refresh();
    byId('offline').hidden = true;
  } catch {
    byId('offline').hidden = false;
  }
  setTimeout(() => void loop(), REFRESH_MS);
}

byId('add').addEventListener('click', () => openPanel(view.list, null, refresh));
byId('search').addEventListener('input', () => {
  view.seen = null;
  draw();
});
byId('bin').addEventListener('click', () => {
  view.bin = !view.bin;
  view.seen = null;
  draw();
});
void loop();
