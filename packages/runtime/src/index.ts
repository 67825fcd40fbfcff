export { registerSchemas, type SchemaReport } from './avro/register-schemas.ts';
export { BASE_OPTIONS, type BaseConfig } from './config/base-options.ts';
export { GRAPH_OPTIONS } from './config/graph-options.ts';
export { option, type ConfigOf, type Option, type OptionTable, type Parse } from './config/option.ts';
export { bool, int, json, list, maybe, oneOf, text, url } from './config/parsers.ts';
export type { KafkaConnection } from './kafka/client.ts';
export { ensureTopics, type TopicPlan, type TopicReport } from './kafka/topic-admin.ts';
export { createLog, describeError, type Logger } from './observe/log.ts';
export {
  RUNTIME_METRICS,
  createMetrics,
  type MetricRow,
  type MetricTable,
  type Metrics,
  type RuntimeMetrics,
} from './observe/metrics.ts';
export { loadConfig, printable } from './config/load-config.ts';
export { partitionOf } from './partition/murmur2.ts';
export { runService } from './service/run-service.ts';
export {
  valueOf,
  type InRecord,
  type Service,
  type ServiceContext,
  type ServiceDefinition,
  type Store,
  type Table,
} from './service/contract.ts';
export { deadLettersOf, type DeadLetter, type LetterState } from './tools/dead-letters.ts';
export { redrive, type LetterFilter, type RedriveOptions, type RedriveReport } from './tools/redrive.ts';
export type { Client, GroupLag, ReadRecord } from './tools/client.ts';
export { openClient } from './tools/open-client.ts';
