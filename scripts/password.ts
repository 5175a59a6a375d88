import { readConfig } from './config.ts';
import { ApiClient } from './installation/api-client.ts';
import { build } from './installation/build.ts';
import { findHome } from './installation/home.ts';
import { startInstallation } from './installation/installation.ts';
import { askHidden } from './installation/question.ts';
import { messageOf, say } from './progress.ts';
import { freePort } from './system/free-port.ts';
import { lockOwner } from './system/process-lock.ts';

const email = 'padmin@vicci.org';

async function changePassword(url: string): Promise<void> {
  const [current = '', next = '', again = ''] = await askHidden([
    `Current password of ${email} (empty for letmein): `,
    'New password: ',
    'New password again: ',
  ]);
  if (next !== again) throw new Error('cannot change the password: the two new ones differ');
  const client = new ApiClient(url);
  await client.login(email, current || 'letmein');
  await client.ask(
    'changePassword',
    'mutation ($current: String!, $next: String!) { changePassword(current: $current, next: $next) }',
    {
      current: current || 'letmein',
      next,
    },
  );
  say(`The password of ${email} is changed; all its sessions have ended.`);
}

async function main(): Promise<void> {
  const config = readConfig();
  const home = await findHome(config.home);
  const runningAt = (await lockOwner(home.lock))?.note;
  if (runningAt !== undefined) return changePassword(runningAt);
  await build();
  const { publicKeysDir } = config;
  const installation = await startInstallation({
    home,
    port: await freePort(),
    publicKeysDir,
    withWorker: false,
  });
  try {
    await changePassword(installation.url);
  } finally {
    await installation.stop();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
