import { Client } from 'pg';

const RECOVERY_LOCK = 7_220_260_102;

/** Does the work while nobody else does work of this kind on the database; throws at once when somebody does. */
export async function aloneOnDatabase(adminUrl: string, work: () => Promise<void>): Promise<void> {
  const client = new Client({
    connectionString: adminUrl,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'sync recover',
  });
  // Whoever loses the session loses the lock only: two recoveries at once hinder each other and spoil nothing.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const asked = await client.query('SELECT pg_try_advisory_lock($1) AS mine', [RECOVERY_LOCK]);
    const mine = (asked.rows as Record<string, unknown>[])[0]?.['mine'];
    if (mine !== true)
      throw new Error(
        'another recovery is under way: wait for its end, or end its session ("sync recover" in pg_stat_activity)',
      );
    await work();
  } finally {
    await client.end();
  }
}
