import { defineTopology, topics } from '@sync/core';

export const topology = defineTopology({
  name: 'change-normalizer',
  doc: "Turns Debezium's rows into the public change records, and tells the data model of every workspace.",
  reads: [topics.raw],
  tables: [topics.twentyMetadata],
  writes: [...Object.values(topics.twentyChanges), topics.twentyMetadata],
});
