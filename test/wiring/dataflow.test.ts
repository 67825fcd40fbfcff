/** Folds what every service says it reads and writes: one writer per topic, nothing orphaned, nothing undeclared. */
import { readdirSync } from 'node:fs';
import { CONSUMING_SERVICES, allTopics, deadLetterTopic } from '@sync/core';
import { topologies } from '../../packages/stack/src/topologies.ts';

const writersOf = (topic: string): string[] =>
  topologies
    .filter((one) => [...one.writes, ...one.keeps].some(({ name }) => name === topic))
    .map((one) => one.name);
const readersOf = (topic: string): string[] =>
  topologies
    .filter((one) => [...one.reads, ...one.tables, ...one.keeps].some(({ name }) => name === topic))
    .map((one) => one.name);

const deadLetters = new Set(CONSUMING_SERVICES.map((service) => deadLetterTopic(service).name));
const ours = allTopics().filter((topic) => !deadLetters.has(topic.name));

test.each(ours.map((topic) => [topic.name]))('%s has exactly one writing service', (topic) => {
  expect(writersOf(topic)).toHaveLength(1);
});

test('every topic has a reader, or is public, or is kept for people and tools', () => {
  const forTools = ['twenty.raw.heartbeat', 'twenty.raw.transactions'];
  expect(
    ours.filter(
      (topic) => !topic.public && !forTools.includes(topic.name) && readersOf(topic.name).length === 0,
    ),
  ).toEqual([]);
});

test('every service that consumes has its dead letters, and no other', () => {
  const consuming = topologies.filter((one) => one.reads.length > 0).map((one) => one.name);
  expect([...consuming].sort()).toEqual([...CONSUMING_SERVICES].sort());
});

test('every service folder has a topology of its name', () => {
  const folders = readdirSync('services', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(
    topologies
      .filter((one) => one.name !== 'capture')
      .map((one) => one.name)
      .sort(),
  ).toEqual(folders.sort());
});

test('state and tables are compacted topics', () => {
  const kept = topologies.flatMap((one) => [...one.keeps, ...one.tables]);
  expect(kept.filter((topic) => topic.cleanup !== 'compact')).toEqual([]);
});

test('topic names are unique and well formed', () => {
  const names = allTopics().map((topic) => topic.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z]+(\.[a-zA-Z0-9-]+)+$/.test(name))).toEqual([]);
});

test('what one service reads together lies in one family, so that a key stays in one place', () => {
  const mixed = topologies.filter((one) => new Set(one.reads.map((topic) => topic.family)).size > 1);
  expect(mixed.map((one) => one.name)).toEqual([]);
});
