import { defineTopology, topics } from '@sync/core';

/** Keeps lists, columns and subscriptions in being. */
export const topology = defineTopology({
  name: 'list-keeper',
  doc: 'Makes sure that every synced object has its list, its columns and a subscription for notifications.',
  // As a group: whoever has the one partition keeps everything, the other instances stand by.
  reads: [topics.config],
  tables: [topics.config, topics.twentyMetadata],
  keeps: [topics.lists, topics.subscriptions],
});
