import type { WriteResult } from '@sync/core';
import { seenChange } from './watch-changes.ts';

function result(overrides: Partial<WriteResult>): WriteResult {
  return {
    commandId: 'c',
    side: 'sharepoint',
    kind: 'written',
    workspaceId: 'w',
    object: 'person',
    recordId: 'r',
    tenantId: null,
    siteId: null,
    listId: null,
    wishes: [],
    version: '',
    itemId: null,
    etag: null,
    picture: null,
    refusals: [],
    attempts: 1,
    changedAt: 1_000,
    answeredAt: 1_030,
    ...overrides,
  };
}

test('a write is shown with the time since the change that caused it', () => {
  expect(seenChange(result({}))).toMatchObject({ direction: 'twenty → sharepoint', latencyMs: 30 });
});

test('a write that no change of its record caused has no latency, rather than none at all', () => {
  expect(seenChange(result({ changedAt: null }))?.latencyMs).toBeNull();
});

test('an answer that wrote nothing is not shown', () => {
  expect(seenChange(result({ kind: 'alreadySo' }))).toBeNull();
});
