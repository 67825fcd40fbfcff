import { defineTopology, topics } from '@sync/core';

/** Takes the change notifications of Microsoft Graph. */
export const topology = defineTopology({
  name: 'webhook-receiver',
  doc: 'Takes change notifications of Microsoft Graph over HTTP, checks who sent them, and passes them on.',
  tables: [topics.subscriptions],
  writes: [topics.notifications],
});
