/** The metrics of a running service, as a scraper sees them. */
import { readStatus } from '@sync/stack';
import { stackVariable } from './stack.ts';

/** Sum of the samples of a counter whose labels contain the given ones; 0 when there is none. */
export async function counter(
  service: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<number> {
  const part = readStatus(stackVariable('SYNC_DATA_DIR')).parts.find((one) => one.name === service);
  if (part === undefined) throw new Error(`the stack has no part ${service}`);
  const page = await (await fetch(`${part.url}/metrics`)).text();
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return page
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
