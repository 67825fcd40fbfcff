import { isNumber, moment, shown } from './columns.js';
import { byId, element } from './dom.js';

/** Rows drawn at once; the search finds the rest. */
const MOST_ROWS = 300;

/** Draws the list; rows whose version is not in `seen` are marked as fresh. */
export function drawTable(list, { search, bin, seen, onEdit, onDelete, onRestore }) {
  const all = bin ? list.recycled : list.items;
  const found = all.filter((item) => matches(item, search));
  byId('columns').replaceChildren(headRow(list));
  const actions = (item) =>
    bin ? [restoreButton(item, onRestore)] : [editButton(item, onEdit), deleteButton(item, onDelete)];
  const rows = found.slice(0, MOST_ROWS).map((item) => row(list, item, seen, actions(item)));
  byId('rows').replaceChildren(...(rows.length > 0 ? rows : [emptyRow(list, bin, search)]));
  byId('note').textContent = noteFor(found.length, all.length, bin);
}

/** Title first, then who changed it and when, then the rest: what a demonstration looks at stays in sight. */
function headRow(list) {
  const [title, ...rest] = list.columns.map((column) => heading(column.displayName, isNumber(column)));
  const change = [heading('Modified', false), heading('Modified by', false)];
  return element(
    'tr',
    {},
    heading('ID', false),
    title,
    ...change,
    ...rest,
    element('th', { class: 'actions' }),
  );
}

const heading = (text, number) => element('th', { class: number ? 'number' : null, scope: 'col' }, text);

function row(list, item, seen, actions) {
  const [title, ...rest] = list.columns.map((column) => {
    const text = shown(column, item.fields[column.name]);
    const classes = [isNumber(column) ? 'number' : '', text === '' ? 'blank' : ''].join(' ').trim();
    return cell(item, column.name, column.displayName, text, classes || null);
  });
  const fresh = seen !== null && seen.get(item.id) !== item.eTag;
  return element(
    'tr',
    { 'data-testid': `row-${item.id}`, class: fresh ? 'fresh' : null },
    cell(item, 'ID', 'ID', item.id, 'when'),
    title,
    cell(item, 'Modified', 'Modified', moment(item.modified), 'when'),
    cell(item, 'ModifiedBy', 'Modified by', item.modifiedBy, null),
    ...rest,
    element('td', { class: 'actions' }, ...actions),
  );
}

function cell(item, name, label, text, className) {
  return element(
    'td',
    { 'data-testid': `cell-${item.id}-${name}`, 'data-label': label, class: className },
    text,
  );
}

const editButton = (item, run) =>
  element('button', { class: 'link', 'data-testid': `edit-${item.id}`, onclick: () => run(item) }, 'Edit');
const deleteButton = (item, run) =>
  element(
    'button',
    { class: 'link danger', 'data-testid': `delete-${item.id}`, onclick: () => run(item) },
    'Delete',
  );
const restoreButton = (item, run) =>
  element(
    'button',
    { class: 'link', 'data-testid': `restore-${item.id}`, onclick: () => run(item) },
    'Restore',
  );

function emptyRow(list, bin, search) {
  const nothing = bin ? 'The recycle bin is empty.' : 'This list has no items yet.';
  const text = search === '' ? nothing : `Nothing matches “${search}”.`;
  return element('tr', {}, element('td', { class: 'empty', colspan: String(list.columns.length + 4) }, text));
}

function matches(item, search) {
  if (search === '') return true;
  const words = [item.id, item.modifiedBy, ...Object.values(item.fields)].join(' ').toLowerCase();
  return words.includes(search.toLowerCase());
}

function noteFor(found, all, bin) {
  const what = bin ? 'in the recycle bin' : 'in the list';
  const count = found === all ? `${all} ${what}` : `${found} of ${all} ${what}`;
  return found > MOST_ROWS ? `${count}, first ${MOST_ROWS} shown: search to see others` : count;
}
