/** A trigger writes down every committed version of the watched rows: the truth about Twenty, kept by PostgreSQL itself. */
import pg from 'pg';
import type { RowFact } from '../history/twenty-history.ts';

const SETUP = `
CREATE SCHEMA IF NOT EXISTS chaos;
CREATE TABLE IF NOT EXISTS chaos.history (
  seq bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(),
  who text NOT NULL, op text NOT NULL, id uuid NOT NULL, fields jsonb NOT NULL);
CREATE OR REPLACE FUNCTION chaos.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO chaos.history (who, op, id, fields)
  SELECT session_user, TG_OP, one.id,
         jsonb_build_object('name', one.name, 'employees', one.employees,
                            'linkedinLinkPrimaryLinkUrl', one."linkedinLinkPrimaryLinkUrl", 'deletedAt', one."deletedAt")
    FROM (SELECT (CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END).*) AS one;
  RETURN NULL;
END $$;`;

/** Installs the trigger on the companies of a workspace and notes the rows that are there already. */
export async function installLedger(url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(SETUP);
    await client.query(`CREATE OR REPLACE TRIGGER chaos_note AFTER INSERT OR UPDATE OR DELETE ON "${schema}".company
      FOR EACH ROW EXECUTE FUNCTION chaos.note()`);
    await client.query(`INSERT INTO chaos.history (who, op, id, fields)
      SELECT 'before', 'INSERT', id, jsonb_build_object('name', name, 'employees', employees,
        'linkedinLinkPrimaryLinkUrl', "linkedinLinkPrimaryLinkUrl", 'deletedAt', "deletedAt")
        FROM "${schema}".company WHERE NOT EXISTS (SELECT FROM chaos.history)`);
  } finally {
    await client.end();
  }
}

/** Everything after a number, in order. */
export async function readLedger(pool: pg.Pool, after: number): Promise<RowFact[]> {
  const { rows } = await pool.query<{
    seq: string;
    id: string;
    op: RowFact['op'];
    who: string;
    at: Date;
    fields: RowFact['row'];
  }>('SELECT seq, id, op, who, at, fields FROM chaos.history WHERE seq > $1 ORDER BY seq', [after]);
  return rows.map(({ seq, id, op, who, at, fields }) => ({
    seq: Number(seq),
    id,
    op,
    who,
    at: at.getTime(),
    row: fields,
  }));
}
