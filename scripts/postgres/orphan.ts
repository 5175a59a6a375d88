import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isRunning } from '../system/process-identity.ts';
import { waitFor } from '../system/wait-for.ts';

async function looksLikePostgres(pid: number, dataDir: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  // Without /proc (macOS) the pid file is all there is; PostgreSQL itself believes it too.
  if (command === undefined) return process.platform !== 'linux';
  return command.includes(dataDir);
}

/**
 * Stops the server that a killed run left behind in this data folder. Without that the next start fails:
 * the server outlives us, holds its lock file, and listens on a port nobody knows any more.
 * Returns whether there was one.
 */
export async function stopOrphan(dataDir: string): Promise<boolean> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const orphan = await identify(pid);
  if (!orphan || !(await looksLikePostgres(pid, dataDir))) return false;
  process.kill(pid, 'SIGINT');
  try {
    await waitFor(async () => !(await isRunning(orphan)), {
      what: `the old PostgreSQL (${pid}) to stop`,
      timeoutMs: 15_000,
    });
  } catch {
    process.kill(pid, 'SIGQUIT');
    await waitFor(async () => !(await isRunning(orphan)), {
      what: `the old PostgreSQL (${pid}) to stop at once`,
      timeoutMs: 10_000,
    });
  }
  return true;
}
