import { defineTopology, topics } from '@sync/core';

export const topology = defineTopology({
  name: 'twenty-writer',
  doc: "Writes rows of Twenty's tables, compare-and-set, and answers every command exactly once.",
  reads: [topics.twentyWrites],
  tables: [topics.twentyMetadata],
  writes: [topics.twentyResults],
});
