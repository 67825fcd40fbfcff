/** Metrics as one typed table: an undeclared name or label does not compile. Labels are bounded sets, never ids. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface MetricRow {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets; prom-client's own when left out. */
  readonly buckets?: readonly number[];
}

export type MetricTable = Readonly<Record<string, MetricRow>>;

type Named<T extends MetricTable, K extends MetricRow['type']> = {
  [N in keyof T & string]: T[N]['type'] extends K ? N : never;
}[keyof T & string];

type Labels<T extends MetricTable, N extends keyof T> = Readonly<Record<T[N]['labels'][number], string>>;

export interface Metrics<T extends MetricTable> {
  /** Raises a counter. */
  count<N extends Named<T, 'counter'>>(name: N, labels: Labels<T, N>, by?: number): void;
  /** Sets a gauge. */
  set<N extends Named<T, 'gauge'>>(name: N, labels: Labels<T, N>, value: number): void;
  /** Sets all that a gauge tells; labels that are not among the rows are no longer told. */
  setAll<N extends Named<T, 'gauge'>>(name: N, rows: readonly (readonly [Labels<T, N>, number])[]): void;
  /** Adds to a histogram. */
  observe<N extends Named<T, 'histogram'>>(name: N, labels: Labels<T, N>, value: number): void;
  /** Metrics of a service's own table, on the same page. */
  extend<E extends MetricTable>(table: E): Metrics<E>;
  /** The page for Prometheus. */
  page(): Promise<{ readonly type: string; readonly body: string }>;
}

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60] as const;

export const RUNTIME_METRICS = {
  sync_records_total: {
    type: 'counter',
    help: 'Records processed, by outcome and reason.',
    labels: ['topic', 'outcome', 'reason'],
  },
  sync_record_age_seconds: {
    type: 'histogram',
    help: 'Time from the timestamp of a record to the end of its processing.',
    labels: ['topic'],
    buckets: SECONDS,
  },
  sync_process_seconds: {
    type: 'histogram',
    help: 'Time a record took from being read to being done, waits included.',
    labels: ['topic'],
    buckets: SECONDS,
  },
  sync_waits_total: { type: 'counter', help: 'Times a key had to wait, by error code.', labels: ['code'] },
  sync_dead_letters_total: {
    type: 'counter',
    help: 'Records sent to the dead letters, by code.',
    labels: ['topic', 'code'],
  },
  sync_sent_total: { type: 'counter', help: 'Records sent and acknowledged.', labels: ['topic'] },
  sync_send_seconds: {
    type: 'histogram',
    help: 'Time until a send was acknowledged.',
    labels: [],
    buckets: SECONDS,
  },
  sync_queue_records: {
    type: 'gauge',
    help: 'Records read and not yet done.',
    labels: ['topic', 'partition'],
  },
  sync_store_keys: { type: 'gauge', help: 'Keys held of a followed topic.', labels: ['topic'] },
  sync_ready: { type: 'gauge', help: '1 when restored, assigned and not draining.', labels: [] },
  sync_tick_failures_total: {
    type: 'counter',
    help: 'Timed work that has to wait for its next tick, by error code.',
    labels: ['name', 'code'],
  },
} as const satisfies MetricTable;

export type RuntimeMetrics = typeof RUNTIME_METRICS;

/** Metrics of one service; `defaults` adds those of the process. */
export function createMetrics(service: string, defaults = true): Metrics<RuntimeMetrics> {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (defaults) collectDefaultMetrics({ register: registry });
  return metricsOf(registry, RUNTIME_METRICS);
}

function metricsOf<T extends MetricTable>(registry: Registry, table: T): Metrics<T> {
  for (const [name, row] of Object.entries(table)) register(registry, name, row);
  // Each name was registered above with the type that its row says, so the look-ups cannot miss.
  const find = (name: string): unknown => registry.getSingleMetric(name);
  return {
    count: (name, labels, by = 1) => (find(name) as Counter).inc(labels, by),
    set: (name, labels, value) => (find(name) as Gauge).set(labels, value),
    setAll: (name, rows) => {
      const gauge = find(name) as Gauge;
      gauge.reset();
      for (const [labels, value] of rows) gauge.set(labels, value);
    },
    observe: (name, labels, value) => (find(name) as Histogram).observe(labels, value),
    extend: (more) => metricsOf(registry, more),
    page: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}

function register(registry: Registry, name: string, row: MetricRow): void {
  const common = { name, help: row.help, labelNames: [...row.labels], registers: [registry] };
  if (row.type === 'counter') new Counter(common);
  else if (row.type === 'gauge') new Gauge(common);
  else new Histogram({ ...common, ...(row.buckets ? { buckets: [...row.buckets] } : {}) });
}
