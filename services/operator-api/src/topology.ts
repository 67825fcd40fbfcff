import { defineTopology, topics } from '@sync/core';

export const topology = defineTopology({
  name: 'operator-api',
  doc: 'Takes the configuration of workspaces and what people decide about conflicts, for now from the command line.',
  tables: [topics.records, topics.conflicts],
  writes: [topics.config, topics.resolutions],
});
