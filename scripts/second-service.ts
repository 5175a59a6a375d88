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

async function main(): Promise<boolean> {
  const before = await status();
  const copy = await copySources();
  let works = false;
  try {
    await plantService(copy);
    await linkPackages(copy);
    const node = join(copy, 'node_modules', '.bin', 'node');
    const code = await runVisibly(node, [join(copy, 'scripts', 'second-service', 'walk.ts')], {
      cwd: copy,
      env: inheritedEnvironment(),
    });
    works = code === 0;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
  if ((await status()) === before) return works;
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
