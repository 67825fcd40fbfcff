import { defineTopology, topics } from '@sync/core';

/** Keeps lists, columns and subscriptions in being. */
export const topology = defineTopology({
  name: 'list-keeper',
  doc: 'Makes sure that every synced object has its list, its columns and a subscription for notifications.',
  tables: [topics.config, topics.twentyMetadata, topics.lists, topics.subscriptions],
  writes: [topics.lists, topics.subscriptions],
});
