/** What the pipeline itself wrote about some records, topic by topic: the evidence to look into a violation with. */
import { parseRecordKey, topics } from '@sync/core';
import { openClient } from '@sync/runtime';

const TOLD = [
  topics.twentyChanges.company,
  topics.sharepointChanges.company,
  topics.writes.p0,
  topics.twentyWrites,
  topics.sharepointResults,
  topics.twentyResults,
  topics.conflicts,
  topics.mappings,
  topics.writeMemory,
  topics.records,
];

interface Line {
  readonly at: number;
  readonly text: string;
}

/** One line of JSON per record of a topic, in the order of their timestamps. */
export async function readStories(
  env: Readonly<Record<string, string>>,
  records: ReadonlySet<string>,
): Promise<string[]> {
  const client = await openClient({
    brokers: (env['SYNC_KAFKA_BROKERS'] ?? '').split(','),
    registryUrl: env['SYNC_REGISTRY_URL'] ?? '',
    clientId: 'chaos',
  });
  const lines: Line[] = [];
  try {
    for (const topic of TOLD)
      for (const { key, timestamp: at, value } of await client.readAll(topic))
        if (records.has(recordIn(key)))
          lines.push({ at, text: lineOf({ at, topic: topic.name, key, value }) });
  } finally {
    await client.close();
  }
  return lines.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** The key of a conflict says more than the record. */
function recordIn(key: string): string {
  return parseRecordKey(key)?.recordId ?? key.split('|')[2] ?? key;
}

function lineOf(line: object): string {
  return JSON.stringify(line, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
