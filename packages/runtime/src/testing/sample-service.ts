/** A small service on the broker in memory, for tests of what the runtime promises; it ends with its test, however that ends. */
import {
  deadLetterTopic,
  defineTopology,
  topics,
  type Outcome,
  type Topology,
  type ValueOf,
} from '@sync/core';
import { SERVICE, harness, type Harness } from '../memory/harness.ts';
import type { InRecord } from '../service/contract.ts';

/** Reads one topic by record key and one with a single partition. */
export const SAMPLE = defineTopology({
  name: SERVICE,
  doc: '',
  reads: [topics.raw, topics.rawHeartbeat],
  keeps: [topics.mappings],
  writes: [topics.twentyResults],
});

/** Where its dead letters lie. */
export const DEAD = deadLetterTopic(SERVICE).name;

type Options = Parameters<typeof harness>[1];

export interface SampleServices {
  make(topology?: Topology, options?: Options): Harness;
  /** Makes one and starts it. */
  run(process: (record: InRecord, h: Harness) => Promise<Outcome>, options?: Options): Promise<Harness>;
}

/** To be called at the top of a test file. */
export function sampleServices(): SampleServices {
  const made: Harness[] = [];
  afterEach(() => Promise.all(made.splice(0).map((one) => one.stop())));
  const make = (topology = SAMPLE, options: Options = {}): Harness => {
    const one = harness(topology, options);
    made.push(one);
    return one;
  };
  return {
    make,
    run: async (process, options) => {
      const one = make(SAMPLE, options);
      await one.start((record) => process(record, one));
      return one;
    },
  };
}

/** An entry of the service's state. */
export function mapping(itemId: string): ValueOf<typeof topics.mappings> {
  const where = { tenantId: 't', siteId: 's', listId: 'l', itemId, etag: null };
  const what = { workspaceId: 'w', object: 'company', recordId: 'r', errors: {} };
  return { ...where, ...what, status: 'synced', lastSyncedAt: null, lastSide: 'twenty', version: '' };
}

/** A promise with its switch. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
