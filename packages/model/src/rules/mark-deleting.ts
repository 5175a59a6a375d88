import type { EntityManager } from '@mikro-orm/postgresql';

import { hint } from '../hints.js';
import { query } from './query.js';

/**
 * Marks rows to be taken down together with the row that they belong to; those that are marked already stay as they
 * are. A rule decides this, so no privilege on the rows themselves is asked for.
 */
export async function markDeleting(
  em: EntityManager,
  table: 'instance' | 'slice',
  ids: readonly number[],
): Promise<void> {
  for (const id of ids) {
    await query(
      em,
      `update "${table}" set deleting_since = now(), generation = generation + 1, updated = now(), attempts = 0,
         next_attempt_at = null, last_error = null, waiting_for = null, waiting_on = null, blocked_reason = null, paused_reason = null
       where id = ? and deleting_since is null`,
      [id],
    );
    hint(em, `${table}-${id}`);
  }
}
