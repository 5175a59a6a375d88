import 'reflect-metadata';

import { readConfig } from './config.js';
import { createLogger } from './logger.js';
import { startApi } from './start.js';

const config = readConfig();
const logger = createLogger('api', config.logLevel);
const api = await startApi(config, logger);
logger.info({ ready: true, url: api.url }, 'the api is ready');

let isStopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    api.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'cannot stop cleanly');
        process.exit(1);
      },
    );
  });
}
