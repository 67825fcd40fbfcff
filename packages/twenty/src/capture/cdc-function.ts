import { literal } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import type { StepAnswer } from './capture-report.ts';

export interface CdcFunction {
  /** Of no arguments, in schema `cdc`. */
  readonly name: string;
  readonly returns: 'boolean' | 'event_trigger';
  readonly body: string;
}

/** It runs as its owner, since whoever sets it off has no right to what it does; it is made anew only when its body differs. */
export async function ensureFunction(
  db: Queryable,
  { name, returns, body }: CdcFunction,
): Promise<StepAnswer> {
  const found = await db.query('SELECT prosrc FROM pg_proc WHERE oid = to_regproc($1)', [`cdc.${name}`]);
  const before = found.rows[0]?.['prosrc'];
  if (before === body) return 'ok';
  await db.query(
    `CREATE OR REPLACE FUNCTION cdc.${name}() RETURNS ${returns} LANGUAGE plpgsql
       SECURITY DEFINER SET search_path = pg_catalog AS ${literal(body)}`,
  );
  return before === undefined ? 'created' : 'changed';
}
