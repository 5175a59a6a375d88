import { hostname } from 'node:os';

import { pino } from 'pino';

import { readConfig } from './config.js';
import { startWorker } from './worker.js';

/** How long running work may take to be interrupted; with the database away it would never end. */
const STOP_MS = 15_000;

const config = readConfig();
const logger = pino({ level: config.logLevel, base: { app: 'worker' } });

/**
 * PostgreSQL, Redis and the engine may go away and come back while this process runs. Everything else that nobody foresaw ends it:
 * the supervisor starts a fresh one, and leases and jobs of this one run out.
 */
function die(error: unknown, origin: string): void {
  logger.fatal({ err: error }, `ending after an unexpected error (${origin})`);
  process.exit(1);
}

process.on('uncaughtException', die);
process.on('unhandledRejection', (error) => die(error, 'unhandledRejection'));

const worker = await startWorker(config, logger);
logger.info({ ready: true, workerId: worker.id, host: hostname() }, 'worker ready');

let stopping = false;
const stop = (signal: NodeJS.Signals) => {
  if (stopping) return;
  stopping = true;
  logger.info({ signal }, 'stopping');
  setTimeout(() => die(new Error('the connections did not close in time'), 'stop'), STOP_MS).unref();
  worker.stop().then(
    () => process.exit(0),
    (error: unknown) => die(error, 'stop'),
  );
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
