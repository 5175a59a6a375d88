import 'reflect-metadata';

import type { Logger } from 'pino';

import { readConfig } from './config.js';
import { createLogger } from './logger.js';
import { runProgram } from './run-program.js';
import type { RunningApi } from './start.js';
import { startApi } from './start.js';

await runProgram('api', async () => {
  const config = readConfig();
  const logger = createLogger('api', config.logLevel);
  const api = await startApi(config, logger);
  logger.info({ ready: true, url: api.url }, 'the api is ready');
  stopOnSignals(api, logger);
});

/** Stops once, however many signals come: a supervisor and a terminal may both send one. */
function stopOnSignals(api: RunningApi, logger: Logger): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    api.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'cannot stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
