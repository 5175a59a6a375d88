import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedEnvironment, root } from '../config.ts';
import { step } from '../progress.ts';
import { runCommand } from '../system/command.ts';
import { takeLock, type Lock } from '../system/process-lock.ts';
import { waitFor } from '../system/wait-for.ts';

/** Two commands of the same clone must not write the same files. */
async function buildLock(): Promise<Lock> {
  const folder = join(root, 'node_modules', '.cache');
  await mkdir(folder, { recursive: true });
  return waitFor(
    async () => {
      const taken = await takeLock(join(folder, 'tenon-build.lock'));
      return 'lock' in taken ? taken.lock : undefined;
    },
    { what: 'another build of this clone to end', timeoutMs: 300_000, everyMs: 200 },
  );
}

/**
 * Builds the programs and the admin pages; what has not changed is not built again (turbo, by content).
 * Throws with the compiler's words.
 */
export async function build(): Promise<void> {
  await step('Building', async () => {
    const lock = await buildLock();
    try {
      const env = {
        ...inheritedEnvironment(),
        TURBO_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
        TURBO_NO_UPDATE_NOTIFIER: '1',
      };
      const args = ['run', 'build', '--output-logs=errors-only', '--ui=stream', '--no-color'];
      const { code, output } = await runCommand(join(root, 'node_modules', '.bin', 'turbo'), args, {
        cwd: root,
        env,
      });
      if (code !== 0) throw new Error(`cannot build: turbo ended with ${code}\n${output}`);
    } finally {
      await lock.release();
    }
  });
}
