import { addItem, changeItem } from './api.js';
import { inputFor, writeName, written } from './columns.js';
import { byId, element } from './dom.js';

/** The open edit: its inputs are built once and never touched by a refresh. */
let open = null;

/** Opens the side panel on an item, or on a new one when `item` is null. */
export function openPanel(list, item, afterSave) {
  const inputs = list.columns.map((column) => ({
    column,
    input: inputFor(column, item?.fields[column.name]),
  }));
  open = { listId: list.id, item, inputs, before: inputs.map(({ input }) => input.value), afterSave };
  byId('panel-title').textContent = item === null ? `New item in ${list.name}` : `Edit item ${item.id}`;
  byId('fields').replaceChildren(
    ...inputs.map(({ column, input }) =>
      element('label', { class: 'field' }, element('span', {}, column.displayName), input),
    ),
  );
  showProblem(null);
  byId('moved').hidden = true;
  byId('panel').hidden = false;
  inputs[0]?.input.focus();
}

export function closePanel() {
  open = null;
  byId('panel').hidden = true;
}

/** Says so when the item being edited has changed or gone meanwhile; the edit itself stays. */
export function noticeRefresh(list) {
  if (open?.item == null || open.listId !== list.id) return;
  const now = list.items.find((item) => item.id === open.item.id);
  const moved = byId('moved');
  moved.hidden = now?.eTag === open.item.eTag;
  moved.textContent =
    now === undefined
      ? 'This item was deleted while you were editing.'
      : `${now.modifiedBy} changed this item while you were editing. What you typed is still here.`;
}

async function save(event) {
  event.preventDefault();
  const { listId, item, afterSave } = open;
  try {
    const fields = changedFields();
    if (item === null) await addItem(listId, fields);
    else if (Object.keys(fields).length > 0) await changeItem(listId, item.id, fields);
    closePanel();
    await afterSave();
  } catch (error) {
    showProblem(error.message);
  }
}

function changedFields() {
  const fields = {};
  for (const [at, { column, input }] of open.inputs.entries()) {
    if (input.value === open.before[at]) continue;
    const value = written(column, input.value);
    fields[writeName(column)] = value;
    if (Array.isArray(value)) fields[`${column.name}@odata.type`] = 'Collection(Edm.String)';
  }
  return fields;
}

function showProblem(text) {
  const problem = byId('problem');
  problem.hidden = text === null;
  problem.textContent = text ?? '';
}

byId('form').addEventListener('submit', (event) => void save(event));
byId('cancel').addEventListener('click', closePanel);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closePanel();
});
