import { join } from 'node:path';
import { inheritedEnvironment, root } from './config.ts';
import { messageOf, step } from './progress.ts';
import { runCommand } from './system/command.ts';

/** Compiles what the bench compares, so that it never compares yesterday's engine. */
async function compile(): Promise<void> {
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const { code, output } = await runCommand(tsc, ['-b', 'packages/playbook'], {
    cwd: root,
    env: inheritedEnvironment(),
  });
  if (code !== 0) throw new Error(`cannot compile the engine: tsc ended with ${code}\n${output}`);
}

try {
  await step('Compiling', compile);
  await import('../bench/jinja/bench.ts');
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
