import type { Pool, PoolClient } from 'pg';

/** How long whoever holds a connection that died may take to give it back by himself, in ms. */
const GRACE_MS = 1000;

/**
 * Takes back connections that died while they were in a transaction. Kysely 0.29 gives a connection back only after a `commit` or
 * `rollback` that succeeded, which on a dead connection never happens: a restart of PostgreSQL would cost the pool one place
 * for every transaction under way, and a process with no place left waits for ever.
 */
export function releaseDeadConnections(pool: Pool): void {
  const held = new Set<PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      setTimeout(() => {
        if (held.has(client)) client.release(true);
      }, GRACE_MS).unref();
    });
  });
}
