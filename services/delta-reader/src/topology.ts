import { defineTopology, topics } from '@sync/core';

/** Reads the delta feeds of all lists and tells what changed in them. */
export const topology = defineTopology({
  name: 'delta-reader',
  doc: 'Reads what changed in SharePoint lists, soon after a notification and at least as often as configured.',
  reads: [topics.notifications],
  tables: [topics.lists, topics.config, topics.mappings],
  keeps: [topics.cursors, topics.items],
  writes: Object.values(topics.sharepointChanges),
});
