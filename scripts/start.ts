import { join } from 'node:path';
import { readConfig, type Config } from './config.ts';
import { plannedSocket, provideEngine } from './engine/provide.ts';
import { untilServed } from './installation/api-client.ts';
import { build } from './installation/build.ts';
import { readFacts } from './installation/facts.ts';
import { greet } from './installation/greeting.ts';
import { findHome } from './installation/home.ts';
import { startInstallation, type Installation } from './installation/installation.ts';
import { watchEngine } from './installation/watch-engine.ts';
import { messageOf, say } from './progress.ts';
import { listenForStop } from './system/stop-signal.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

async function startListening(config: Config, signal: AbortSignal): Promise<Installation> {
  return startInstallation({
    home: await findHome(config.home),
    port: config.port,
    host: config.host === undefined || loopback.has(config.host) ? undefined : config.host,
    adminPassword: config.adminPassword,
    publicKeysDir: config.publicKeysDir,
    engineSocket: plannedSocket(config),
    signal,
  });
}

async function main(): Promise<void> {
  const config = readConfig();
  const stop = listenForStop();
  await build();
  const installation = await startListening(config, stop.signal);
  try {
    await untilServed(`${installation.url}/`, 30_000);
    greet({
      url: installation.url,
      port: config.port,
      startedAt: config.startedAt,
      hasDefaultPassword: (await readFacts(installation.databaseUrl))?.hasDefaultPassword === true,
      home: installation.home.path,
      sshServer: config.sshServer,
      listensElsewhere: config.host !== undefined && !loopback.has(config.host),
    });
    void provideEngine({ ...config, logFile: join(installation.home.logs, 'engine.log') }).then(
      (isOutdated) => watchEngine(installation.databaseUrl, { signal: stop.signal, isOutdated }),
    );
    await stop.asked;
    say('Stopping; instances go on …');
  } finally {
    await installation.stop();
  }
  say('Stopped.');
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const message = messageOf(error);
  if (message === 'stopped') process.exit(0);
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
