/** Refuses to start on topics that would tear records apart. Pure. */
import { SyncError, type Topic } from '@sync/core';

/** Throws TOPIC_MISSING or TOPIC_MISMATCH, naming every topic concerned and the mending. */
export function checkTopics(topics: readonly Topic[], counts: ReadonlyMap<string, number>): void {
  const missing = topics.filter((topic) => !counts.has(topic.name)).map((topic) => topic.name);
  if (missing.length > 0)
    throw new SyncError(
      'TOPIC_MISSING',
      `starting: no such topic: ${missing.join(', ')}; run \`npm run sync -- topics\``,
    );
  const torn = [...mismatches(topics, counts)];
  if (torn.length > 0)
    throw new SyncError(
      'TOPIC_MISMATCH',
      `starting: ${torn.join('; ')}; give all topics of a family the same partition count`,
    );
}

function* mismatches(topics: readonly Topic[], counts: ReadonlyMap<string, number>): Iterable<string> {
  for (const family of ['record', 'tenant', 'single'] as const) {
    const found = topics
      .filter((topic) => topic.family === family)
      .map((topic) => [topic.name, counts.get(topic.name) ?? 0] as const);
    const expected = family === 'single' ? 1 : found[0]?.[1];
    const different = found.filter(([, count]) => count !== expected);
    if (different.length > 0)
      yield `family ${family} has ${expected} partitions, but ${different.map(([name, count]) => `${name} has ${count}`).join(', ')}`;
  }
}
