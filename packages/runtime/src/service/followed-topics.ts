/** The topics that a service follows, and the views that it gets of them. */
import type { Topic, Topology, ValueOf } from '@sync/core';
import type { Codec } from '../avro/codec.ts';
import type { Logger } from '../observe/log.ts';
import { FollowedTopic } from '../store/followed-topic.ts';
import type { Project, Ranked, Store, Table } from './contract.ts';

export class FollowedTopics {
  readonly #topology: Topology;
  readonly #byName: ReadonlyMap<string, FollowedTopic>;

  constructor(topology: Topology, codec: Codec, log: Logger) {
    this.#topology = topology;
    this.#byName = new Map(
      [...topology.tables, ...topology.keeps].map((topic) => [
        topic.name,
        new FollowedTopic(topic, codec, log),
      ]),
    );
  }

  all(): FollowedTopic[] {
    return [...this.#byName.values()];
  }

  /** The changelogs, by topic name. */
  stores(): ReadonlyMap<string, FollowedTopic> {
    return new Map(this.#topology.keeps.map(({ name }) => [name, this.#find(name)]));
  }

  table<T extends Topic, V>(topic: T, project?: Project<ValueOf<T>, V>): Table<V> {
    this.#demand(topic, this.#topology.tables, 'tables');
    const followed = this.#find(topic.name);
    // The values are decoded by the topic's own schema, so they have its type.
    if (project !== undefined) followed.project(project as unknown as Project<unknown, unknown>);
    return followed.values as unknown as Table<V>;
  }

  store<T extends Topic>(topic: T, ranked?: Ranked<ValueOf<T>>): Store<ValueOf<T>> {
    this.#demand(topic, this.#topology.keeps, 'keeps');
    const followed = this.#find(topic.name);
    if (ranked !== undefined) followed.rank(ranked as unknown as Ranked<unknown>);
    return followed.values as unknown as Store<ValueOf<T>>;
  }

  #demand(topic: Topic, declared: readonly Topic[], where: string): void {
    if (!declared.some((one) => one.name === topic.name))
      throw new Error(`service ${this.#topology.name}: ${topic.name} is not declared in topology.${where}`);
  }

  #find(name: string): FollowedTopic {
    const followed = this.#byName.get(name);
    if (followed === undefined)
      throw new Error(`service ${this.#topology.name}: ${name} is not declared in its topology`);
    return followed;
  }
}
