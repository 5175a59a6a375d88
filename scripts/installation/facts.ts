import pg from 'pg';

/** What the database says about an installation. */
export interface InstallationFacts {
  /** Part of every name and label on the engine. */
  uuid: string;
  /** The administrator still has the password that everybody knows. */
  hasDefaultPassword: boolean;
  /** Whether machines can be made, as the worker last saw it. */
  engineReady: boolean;
  /** Why not, one sentence. */
  engineReason: string | null;
  /** Where instances get their addresses from. */
  natSubnet: string | null;
}

const question = `
  select i.uuid, i.engine_ready as "engineReady", i.engine_reason as "engineReason",
         coalesce((select must_change_password from user_account where email = 'padmin@vicci.org'), false) as "hasDefaultPassword",
         (select settings->>'natSubnet' from deployment order by is_default desc, id limit 1) as "natSubnet"
    from installation i`;

/**
 * Reads the facts out of a database that runs; undefined before the migrations.
 * They come from the database and not from the api, because the password decides where the api may listen.
 */
export async function readFacts(databaseUrl: string): Promise<InstallationFacts | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // a server that goes away meanwhile fails the query
  try {
    await client.connect();
    return (await client.query<InstallationFacts>(question)).rows[0];
  } catch (error) {
    const isEmptyDatabase = error instanceof Error && 'code' in error && error.code === '42P01';
    if (isEmptyDatabase) return undefined;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
