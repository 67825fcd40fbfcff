import { defineTopology, topics } from '@sync/core';

export const topology = defineTopology({
  name: 'mapping-keeper',
  doc: 'Keeps the table of which item mirrors which record, and how it stands.',
  reads: [topics.sharepointResults, topics.twentyResults, ...Object.values(topics.sharepointChanges)],
  keeps: [topics.mappings],
});
