import { join } from 'node:path';
import { inheritedEnvironment, root } from '../config.ts';
import { runCommand } from '../system/command.ts';

/** Compiles the playbook engine, so that nothing is measured or printed of yesterday's. Rejects with what the compiler says. */
export async function compileEngine(): Promise<void> {
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const { code, output } = await runCommand(tsc, ['-b', 'packages/playbook'], {
    cwd: root,
    env: inheritedEnvironment(),
  });
  if (code !== 0) throw new Error(`cannot compile the engine: tsc ended with ${code}\n${output}`);
}
