import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, root, type Config } from './config.ts';
import { ApiClient } from './installation/api-client.ts';
import { build } from './installation/build.ts';
import { startThrowaway, type Throwaway } from './installation/throwaway.ts';
import { messageOf, say, step } from './progress.ts';
import { runPlaywright } from './test/suites.ts';
import { provideTestEngine } from './test/test-engine.ts';
import { provideTools } from './test/tools.ts';
import { untilEngineIsReady } from './tutorial/actions.ts';

async function photographHere(config: Config): Promise<boolean> {
  await provideTools(config.mayInstall, join(tmpdir(), 'tenon-test-apt.log'));
  await build();
  const engine = await provideTestEngine(config.testEngineSocket);
  try {
    const installation = await startThrowaway('screenshots', {
      ...config,
      engineSocket: engine.socket ?? config.engineSocket,
    });
    try {
      await untilInstancesCanBeMade(installation);
      // The tutorial first: what it leaves behind gives the pages something to show.
      const projects = ['tutorial', 'screenshots'];
      return (await runPlaywright(projects, installation.url, 'letmein')).failed === 0;
    } finally {
      await installation.discard();
    }
  } finally {
    await engine.stop();
  }
}

async function untilInstancesCanBeMade({ url }: Throwaway): Promise<void> {
  const client = new ApiClient(url);
  await client.login('padmin@vicci.org', 'letmein');
  await step('Waiting for the instance image', () =>
    untilEngineIsReady(client, 600_000, (reason) => say(`  … ${reason}`)),
  );
}

/** Writes a picture of every page, light and dark, of a running installation (TENON_URL) or one of its own. */
async function main(): Promise<boolean> {
  const config = readConfig();
  if (config.url === undefined) return photographHere(config);
  return (await runPlaywright(['screenshots'], config.url, config.adminPassword ?? 'letmein')).failed === 0;
}

try {
  const good = await main();
  if (good) say(`The pictures are in ${join(root, '.tenon-screenshots')}`);
  process.exit(good ? 0 : 1);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
