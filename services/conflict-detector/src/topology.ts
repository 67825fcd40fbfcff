import { defineTopology, topics } from '@sync/core';

export const topology = defineTopology({
  name: 'conflict-detector',
  doc: 'Merges the changes of both sides per record and field against the last agreed state, and says what is to be written.',
  reads: [
    ...Object.values(topics.twentyChanges),
    ...Object.values(topics.sharepointChanges),
    topics.sharepointResults,
    topics.twentyResults,
    topics.resolutions,
  ],
  tables: [topics.config, topics.lists, topics.twentyChanges.company, topics.twentyChanges.person],
  keeps: [topics.records],
  writes: [...Object.values(topics.writes), topics.twentyWrites, topics.conflicts],
});
