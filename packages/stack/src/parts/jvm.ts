import { join } from 'node:path';
import type { PlanContext } from './context.ts';

/** Quick start and a small footprint before peak speed: the whole stack must fit two cores and 4 GiB. */
const FLAGS = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-XX:MaxMetaspaceSize=192m'];

/** Arguments that give a JVM its heap limit in MiB. */
export function jvmFlags(heapMb: number): string[] {
  return [`-Xmx${heapMb}m`, `-Xms64m`, ...FLAGS];
}

/** Arguments that run a main class of Kafka or Connect. */
export function kafkaJava(
  context: PlanContext,
  heapMb: number,
  mainClass: string,
  args: readonly string[],
): string[] {
  const logging = `-Dlog4j2.configurationFile=${join(context.repoRoot, 'infra', 'jvm', 'log4j2.properties')}`;
  return [...jvmFlags(heapMb), logging, '-cp', join(context.jvmDir, 'libs', '*'), mainClass, ...args];
}
