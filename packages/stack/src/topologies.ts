/** Every service's topology, and the capture, which is Debezium's and not ours, in the same form. */
import { defineTopology, topics } from '@sync/core';
import type { Topology } from '@sync/core';
import { topology as changeNormalizer } from '@sync/change-normalizer';
import { topology as conflictDetector } from '@sync/conflict-detector';
import { topology as deltaReader } from '@sync/delta-reader';
import { topology as listKeeper } from '@sync/list-keeper';
import { topology as mappingKeeper } from '@sync/mapping-keeper';
import { topology as operatorApi } from '@sync/operator-api';
import { topology as sharepointWriter } from '@sync/sharepoint-writer';
import { topology as twentyWriter } from '@sync/twenty-writer';
import { topology as webhookReceiver } from '@sync/webhook-receiver';

const capture = defineTopology({
  name: 'capture',
  doc: 'Debezium on Kafka Connect: every committed row change of every workspace.',
  writes: [topics.raw, topics.rawHeartbeat, topics.rawTransactions],
});

/** In the order of the flow. */
export const topologies: readonly Topology[] = [
  capture,
  changeNormalizer,
  webhookReceiver,
  deltaReader,
  conflictDetector,
  sharepointWriter,
  twentyWriter,
  mappingKeeper,
  listKeeper,
  operatorApi,
];
