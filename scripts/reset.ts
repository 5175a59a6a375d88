import { rm } from 'node:fs/promises';
import { readConfig, type Config } from './config.ts';
import { build } from './installation/build.ts';
import { stopLeftoverChildren } from './installation/children.ts';
import { findHome, isHome, type Home } from './installation/home.ts';
import { lockHome } from './installation/lock.ts';
import { ask } from './installation/question.ts';
import { listRemains, readUuidOf, removeRemains, type Remains } from './installation/remains.ts';
import { messageOf, say, step } from './progress.ts';

function announce(home: Home, remains: Remains): void {
  say('This destroys for good:');
  for (const name of remains.machines) say(`  instance ${name}`);
  for (const key of remains.networks) say(`  network ${key}`);
  if (remains.unknown !== undefined) {
    say(
      `  (instances and networks stay: ${remains.unknown}; they carry the label tenon.installation=${remains.uuid ?? ''})`,
    );
  }
  say(`  the database, secrets and logs in ${home.path}`);
}

async function isAgreed(config: Config): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (config.isUnattended || !process.stdin.isTTY) {
    throw new Error('cannot ask whether to go on: there is no terminal; say it with: npm run reset -- --yes');
  }
  return (await ask('Type "yes" to go on: ')).trim() === 'yes';
}

async function reset(home: Home, config: Config): Promise<void> {
  await stopLeftoverChildren(home);
  const uuid = await readUuidOf(home).catch((error: unknown) => {
    say(`The database does not come up, so nothing is known of instances: ${messageOf(error)}`);
    return undefined;
  });
  const remains = await listRemains(uuid, home, config);
  announce(home, remains);
  if (!(await isAgreed(config))) {
    say('Nothing was changed.');
    return;
  }
  await step('Removing instances and networks', () => removeRemains(remains, home, config));
  await rm(home.path, { recursive: true, force: true });
  say('Done. The next npm start begins with an empty installation.');
}

async function main(): Promise<void> {
  const config = readConfig();
  const home = await findHome(config.home);
  if (!(await isHome(home))) {
    say(`Nothing to do: there is no installation in ${home.path}.`);
    return;
  }
  await build();
  const lock = await lockHome(home, 'reset');
  try {
    await reset(home, config);
  } finally {
    await lock.release();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
