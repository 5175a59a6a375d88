import { readConfig, type Config } from './config.ts';
import { build } from './installation/build.ts';
import { startThrowaway } from './installation/throwaway.ts';
import { messageOf, say, seconds, step } from './progress.ts';
import { listenForStop, type StopSignal } from './system/stop-signal.ts';
import { walk } from './tutorial/walk.ts';

function keepsRunning(): boolean {
  return process.argv.includes('--keep');
}

async function walkElsewhere(url: string, config: Config): Promise<boolean> {
  const suffix = `_${Date.now().toString(36)}`;
  say(`The tutorial at ${url}`);
  return walk({ url, password: config.adminPassword ?? 'letmein', suffix, keep: keepsRunning() });
}

async function walkHere(config: Config, stop: StopSignal): Promise<boolean> {
  await build();
  const begin = performance.now();
  const installation = await startThrowaway('tutorial', config, { signal: stop.signal });
  say(`The tutorial at ${installation.url}, an installation of its own in ${installation.home.path}`);
  say(`${seconds(performance.now() - begin).padStart(8)}  start the installation`);
  try {
    const walking = walk({ url: installation.url, password: 'letmein', suffix: '', keep: keepsRunning() });
    const kept = await Promise.race([walking, stop.asked.then(() => false)]);
    if (!keepsRunning() || stop.signal.aborted) return kept;
    say(`It runs on at ${installation.url} (padmin@vicci.org, letmein) until Ctrl-C, which removes it`);
    await stop.asked;
    return kept;
  } finally {
    await step('Removing the installation', () => installation.discard());
  }
}

async function main(): Promise<boolean> {
  const config = readConfig();
  const stop = listenForStop();
  return config.url === undefined ? walkHere(config, stop) : walkElsewhere(config.url, config);
}

try {
  const kept = await main();
  say(kept ? 'The tutorial passed.' : 'The tutorial failed.');
  process.exit(kept ? 0 : 1);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\nThe tutorial failed.\n`);
  process.exit(1);
}
