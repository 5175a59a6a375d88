import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedEnvironment, root } from './config.ts';
import { copySources } from './mutants/copy.ts';
import { messageOf, say } from './progress.ts';
import { linkPackages, plantService } from './second-service/plant.ts';
import { runCommand, runVisibly } from './system/command.ts';

/** What git says of the clone: the same before and after, for the service is only ever added to a copy. */
async function status(): Promise<string> {
  return (await runCommand('git', ['status', '--porcelain'], { cwd: root })).output;
}

/** Runs the copy's own walk. Returns whether the second service works there. */
async function walkIn(copy: string): Promise<boolean> {
  const node = join(copy, 'node_modules', '.bin', 'node');
  const walk = join(copy, 'scripts', 'second-service', 'walk.ts');
  return (await runVisibly(node, [walk], { cwd: copy, env: inheritedEnvironment() })) === 0;
}

async function main(): Promise<boolean> {
  const before = await status();
  const copy = await copySources();
  try {
    await plantService(copy);
    await linkPackages(copy);
    if (!(await walkIn(copy))) return false;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
  if ((await status()) === before) return true;
  say('the clone is not as it was: git status says what changed');
  return false;
}

try {
  const good = await main();
  say(good ? 'The second service works.' : 'The second service failed.');
  process.exit(good ? 0 : 1);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
