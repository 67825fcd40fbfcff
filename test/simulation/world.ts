/** Everything there is in one run, put together; and what the steps of a scenario do to it. */
import { listKey, topics } from '@sync/core';
import type {
  Conflict,
  SharePointChange,
  SharePointWrite,
  Topic,
  TwentyWrite,
  WriteResult,
} from '@sync/core';
import type { Codec } from '../../packages/runtime/src/avro/codec.ts';
import { ownRecordId } from '../../services/delta-reader/src/decide.ts';
import { partitionOf } from '../../packages/runtime/src/partition/murmur2.ts';
import type { RawRecord } from '../../packages/runtime/src/ports.ts';
import { brief, describe, inShort } from './brief.ts';
import { Chaos } from './chaos.ts';
import { Clock, EPOCH_MS, WORLD } from './clock.ts';
import { Cluster } from './cluster.ts';
import { SCHEMAS } from './codec.ts';
import { Connect } from './connect.ts';
import { failOver } from './failover.ts';
import { simGraphClient } from './graph-client.ts';
import { Ledger } from './ledger.ts';
import { OBJECTS, TENANT, WORKSPACE, binding, bindingKeyOf, config, metadata } from './places.ts';
import type { SimObject } from './places.ts';
import { Postgres } from './postgres.ts';
import { SimProcess } from './process.ts';
import { createRandom } from './random.ts';
import { simRowWriter } from './row-writer.ts';
import type { Doing, Scenario } from './scenario.ts';
import { KINDS } from './services.ts';
import { SharePoint } from './sharepoint.ts';
import type { ItemMove } from './sharepoint.ts';
import { Users, recordIdOf } from './users.ts';
import { Trace } from './trace.ts';
import { createVainWrites } from './vain-writes.ts';

export class World {
  readonly clock = new Clock();
  readonly chaos: Chaos;
  readonly cluster: Cluster;
  readonly postgres: Postgres;
  readonly sharepoint: SharePoint;
  readonly connect: Connect;
  readonly ledger = new Ledger();
  readonly users: Users;
  readonly processes: SimProcess[] = [];
  readonly commands = new Set<string>();
  readonly answered = new Set<string>();
  readonly vainWrites = createVainWrites();
  readonly trace = new Trace();
  /** The epoch that the services are configured with. */
  #epoch = 1;
  readonly #codec: Codec;
  readonly #topics = new Map<string, Topic>();

  /** Told, for people, what happens. */
  readonly #tell: ((line: string) => void) | null;

  constructor(scenario: Scenario, codec: Codec, tell: ((line: string) => void) | null = null) {
    this.#codec = codec;
    this.#tell = tell;
    const { clock, ledger } = this;
    this.chaos = new Chaos(createRandom(scenario.seed ^ 0x5bd1e995), clock, scenario.noise);
    this.cluster = new Cluster(clock);
    this.postgres = new Postgres(clock, this.chaos.random);
    this.sharepoint = new SharePoint(clock);
    this.connect = new Connect(this.postgres, this.cluster, this.chaos);
    this.users = new Users(this.postgres, this.sharepoint, clock);
    ledger.disturbed = scenario.noise > 0;
    this.postgres.onMove = (move) => {
      this.#say(`twenty ${move.by}`, move.recordId, brief(move.before, move.after));
      ledger.row(move);
    };
    this.sharepoint.onMove = (move) => this.#itemMoved(move);
    this.cluster.onAppend = (record) => this.#appended(record);
    const decoded = [topics.conflicts, topics.twentyWrites, ...Object.values(topics.writes)];
    const told = Object.values(topics.sharepointChanges);
    for (const topic of [...decoded, ...told, topics.sharepointResults, topics.twentyResults])
      this.#topics.set(topic.name, topic);
    this.#publishTables(scenario.strategy);
    this.#makeProcesses();
  }

  do(doing: Doing): void {
    this.#say('step', '', JSON.stringify(doing));
    const process = 'process' in doing ? this.processes[doing.process] : undefined;
    if ('slot' in doing) return this.users.act(doing);
    this.chaos.note(doing.do);
    if (process !== undefined) this.ledger.disturbed = true;
    switch (doing.do) {
      case 'kill':
        if (doing.loseCache) process?.loseCache();
        process?.kill(Math.min(doing.ms, 3000));
        return process?.start(doing.ms);
      case 'freeze':
      case 'zombie':
        return process?.[doing.do](doing.ms);
      case 'restart':
        return process?.runInside(() => void process.restart());
      case 'connectRestart':
        return this.connect.restart(doing.ms);
      case 'storm':
        this.chaos.level *= doing.level;
        return void this.clock.after(doing.ms, () => (this.chaos.level /= doing.level), WORLD);
      case 'compact':
        return this.cluster.compact();
      case 'resync':
        return this.sharepoint.forgetTokens();
      case 'keepEditors':
        this.sharepoint.keepsEditors = true;
        return;
      case 'refuse':
        return process?.refuse();
      case 'cut':
        return process?.cut(doing.ms);
      case 'lag':
        return this.cluster.hold(doing.topic, doing.ms);
      case 'failover':
        return failOver(this, doing.lost, (epoch) => (this.#epoch = epoch));
    }
  }

  /** The end of all faults. */
  heal(): void {
    this.chaos.level = 0;
    for (const process of this.processes) {
      process.spare();
      process.start(0);
    }
    if (this.#epoch === this.postgres.epoch) this.connect.resume();
  }

  #makeProcesses(): void {
    const outside = {
      graph: simGraphClient(this.sharepoint, this.chaos),
      rows: simRowWriter(this.postgres, this.chaos),
      later: (run: () => void) => void this.clock.after(0, run),
      epoch: () => this.#epoch,
    };
    const around = {
      ...{ cluster: this.cluster, chaos: this.chaos, outside, schemas: SCHEMAS, codec: this.#codec },
      onCrash: (process: SimProcess, error: unknown) => {
        this.ledger.violations.push(`no-crash: ${process.name}: ${describe(error)}`);
        process.kill(100);
        process.start(1000);
      },
    };
    for (const kind of KINDS)
      for (let n = 0; n < kind.count; n++) {
        const process = new SimProcess(`${kind.topology.name}-${n}`, kind, around);
        this.processes.push(process);
        process.start(10 * this.processes.length);
      }
  }

  #publishTables(strategy: string): void {
    this.#publish(topics.config, WORKSPACE, config(strategy));
    this.#publish(topics.twentyMetadata, WORKSPACE, metadata());
    for (const object of OBJECTS) this.#publish(topics.lists, bindingKeyOf(object), binding(object));
  }

  #publish(topic: Topic, key: string, value: unknown, partitionKey = key): void {
    const partition = partitionOf(partitionKey, this.cluster.counts.get(topic.name) ?? 1);
    const bytes = this.#codec.encode(topic, value);
    this.cluster.append({ topic: topic.name, partition, key: Buffer.from(key), value: bytes, headers: {} });
  }

  #itemMoved({ by, before, after }: ItemMove): void {
    const what = `#${after.id} rev ${after.revision}${after.deleted ? ' deleted' : ''} ${brief(before?.columns ?? null, after.columns)}`;
    this.#say(`sharepoint ${by}`, recordIdOf(before ?? after), what);
    const alive = before !== null && !before.deleted ? before.columns : null;
    // The identity of an item born here is the record's from the start.
    this.ledger.item(
      after.object,
      recordIdOf(before ?? after),
      by,
      alive,
      after.deleted ? null : after.columns,
    );
    this.#ring(after.object);
  }

  /** A notification: on its way for a while, sometimes for long, sometimes never. */
  #ring(object: SimObject): void {
    if (this.chaos.strikes('notification lost', 0.2)) return;
    const list = binding(object);
    const late = this.chaos.strikes('notification late', 0.1) ? 15_000 : 0;
    const ring = (): void => {
      const { tenantId, siteId, listId } = list;
      const value = {
        tenantId,
        siteId,
        listId,
        subscriptionId: 's',
        kind: 'changed',
        receivedAt: this.clock.now,
      };
      this.#publish(topics.notifications, listKey(list), value, TENANT);
    };
    this.clock.after(late + this.chaos.delay(300, 3000), ring, WORLD);
  }

  #appended(record: RawRecord): void {
    this.trace.note(record, this.clock.now);
    if (record.topic.startsWith('sync.dead-letters'))
      this.ledger.violations.push(`no-dead-letter: ${record.topic} ${String(record.key)}`);
    const topic = this.#topics.get(record.topic);
    if (topic !== undefined && record.value !== null)
      this.#witness(topic, this.#codec.decode(topic, record.value));
  }

  #witness(topic: Topic, value: unknown): void {
    if (topic.schema === topics.sharepointChanges.company.schema)
      return this.#told(value as SharePointChange);
    if (this.#tell !== null) this.#say(topic.name, (value as { recordId: string }).recordId, inShort(value));
    if (topic.name === topics.conflicts.name) return this.ledger.conflict(value as Conflict);
    const { commandId } = value as { commandId: string };
    if (topic.schema !== 'write-result') {
      this.commands.add(commandId);
      return this.vainWrites.command(value as SharePointWrite | TwentyWrite);
    }
    this.answered.add(commandId);
    this.vainWrites.answer(value as WriteResult);
    this.ledger.answer(value as WriteResult);
  }

  /** An item whose record lives in another one by now is told as a record of its own; whose its values were, nobody can say. */
  #told({ object, itemId, siteId, listId, recordId }: SharePointChange): void {
    const item = this.sharepoint.item(object as SimObject, itemId);
    if (item === undefined || recordId !== ownRecordId(itemId, recordIdOf(item), { siteId, listId })) return;
    for (const id of [recordIdOf(item), recordId]) this.ledger.tainted.add(`${object}|${id}`);
    this.sharepoint.tellAs(item, recordId);
  }

  #say(what: string, recordId: string, detail: string): void {
    if (this.#tell === null) return;
    const at = String(this.clock.now - EPOCH_MS).padStart(7);
    this.#tell(`${at} ${what.padEnd(24)} ${recordId.slice(0, 4)} ${detail}`);
  }
}
