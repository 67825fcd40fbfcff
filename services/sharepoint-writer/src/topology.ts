import { LANES, defineTopology, topics } from '@sync/core';

export const topology = defineTopology({
  name: 'sharepoint-writer',
  doc: 'Writes list items through Microsoft Graph and answers every command exactly once.',
  reads: LANES.map((lane) => topics.writes[lane]),
  tables: [topics.config],
  keeps: [topics.writeMemory],
  writes: [topics.sharepointResults],
});
