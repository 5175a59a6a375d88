import type { MikroORM } from '@mikro-orm/postgresql';
import { vi } from 'vitest';

/** Does something and answers with the SQL statements that it sent, as MikroORM tells its logger. */
export async function countStatements<Answer>(
  orm: MikroORM,
  work: () => Promise<Answer>,
): Promise<{ answer: Answer; statements: string[] }> {
  const log = vi.spyOn(orm.config.getLogger(), 'logQuery');
  try {
    const answer = await work();
    return { answer, statements: log.mock.calls.map(([{ query }]) => query ?? '') };
  } finally {
    log.mockRestore();
  }
}
