/** A service that only follows a table; started as a process by tests. */
import { defineTopology, topics } from '@sync/core';
import { runService } from '../service/run-service.ts';

await runService({
  topology: defineTopology({ name: 'waiting-service', doc: '', tables: [topics.config] }),
  options: {},
  build: () => ({}),
});
