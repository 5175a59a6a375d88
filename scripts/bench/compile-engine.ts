import { join } from 'node:path';
import { inheritedEnvironment, root } from '../config.ts';
import { runCommand } from '../system/command.ts';

async function run(program: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runCommand(program, [...args], { cwd: root, env: inheritedEnvironment() });
  if (code !== 0)
    throw new Error(`cannot compile the engine: ${args.join(' ')} ended with ${code}\n${output}`);
}

/**
 * Compiles the playbook engine and bundles its programs, so that nothing is measured or printed of yesterday's.
 * Rejects with what the compiler says.
 */
export async function compileEngine(): Promise<void> {
  await run(join(root, 'node_modules', '.bin', 'tsc'), ['-b', 'packages/playbook']);
  await run(process.execPath, [join(root, 'packages', 'playbook', 'bin', 'bundle.mjs')]);
}
