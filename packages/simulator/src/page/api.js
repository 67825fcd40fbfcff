import { byId } from './dom.js';

/** Calls the control API; rejects with the simulator's own words when it refuses. */
async function call(method, path, body) {
  const init = { method, headers: { 'Content-Type': 'application/json' } };
  if (body !== undefined) init.body = JSON.stringify({ user: byId('user').value, ...body });
  const response = await fetch(`/__sim${path}`, init);
  const answer = await response.json();
  if (!response.ok) throw new Error((answer.mistakes ?? ['The simulator refused.']).join('; '));
  return answer;
}

const items = (listId) => `/lists/${encodeURIComponent(listId)}/items`;

export const readTree = () => call('GET', '/tree');
export const readList = (listId) => call('GET', `/lists/${encodeURIComponent(listId)}`);
export const addItem = (listId, fields) => call('POST', items(listId), { fields });
export const changeItem = (listId, id, fields) => call('PATCH', `${items(listId)}/${id}`, { fields });
export const deleteItem = (listId, id) => call('DELETE', `${items(listId)}/${id}`, {});
export const restoreItem = (listId, id) => call('POST', `${items(listId)}/${id}/restore`, {});
