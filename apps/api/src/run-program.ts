import { createLogger } from './logger.js';

/** Runs a program of this app. When it cannot start, the reason is one line of the log, and the exit code is 1. */
export async function runProgram(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    createLogger(name, 'info').fatal({ err: error }, error instanceof Error ? error.message : 'cannot start');
    process.exit(1);
  }
}
