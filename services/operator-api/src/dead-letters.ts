/** The verb `dead-letters`: looks at the dead letters of a service and sends them back to where they came from. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CONSUMING_SERVICES } from '@sync/core';
import { deadLettersOf, redrive } from '@sync/runtime';
import type { Client, DeadLetter } from '@sync/runtime';

const USAGE = `dead-letters list|redrive <service> [--code C] [--topic T] [--key K] [--per-second N] [--force]
  services: ${CONSUMING_SERVICES.join(', ')}`;

/** Lines to print. Throws when the arguments are none of the verb's. */
export async function deadLetters(args: readonly string[], client: Client): Promise<string[]> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      code: { type: 'string' },
      topic: { type: 'string' },
      key: { type: 'string' },
      'per-second': { type: 'string', default: '50' },
      force: { type: 'boolean', default: false },
    },
  });
  const [action, service = ''] = positionals;
  if (!(CONSUMING_SERVICES as readonly string[]).includes(service)) throw new Error(USAGE);
  if (action === 'list') return (await deadLettersOf(client, service)).map(lineOf);
  const perSecond = Number(values['per-second']);
  if (action !== 'redrive' || !(perSecond > 0)) throw new Error(USAGE);
  const { code, topic, key, force } = values;
  const filter = { ...(code && { code }), ...(topic && { topic }), ...(key && { key }) };
  const report = await redrive(client, service, filter, { perSecond, force, pause, now: Date.now });
  return [
    `redriven: ${report.sent}; redriven before: ${report.done}; overtaken by a newer record, left alone: ${report.superseded}; without bytes: ${report.bytesUnknown}`,
  ];
}

function lineOf(letter: DeadLetter): string {
  const { offset, state, code, topic, partition, position, key, attempts, firstSeen, reason } = letter;
  return `${offset}  ${state}  ${code}  ${topic}/${partition}/${position}  ${key}  attempts ${attempts}  first seen ${firstSeen}  ${reason}`;
}
