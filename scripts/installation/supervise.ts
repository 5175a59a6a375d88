import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, say, seconds } from '../progress.ts';

/** Something that runs until it is stopped or dies. */
export interface Running {
  /** Resolves when it is gone; the text says how it ended ("exit code 1"). */
  exited: Promise<string>;
  stop(): Promise<void>;
}

export interface Supervised {
  /** Stops it for good. */
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  /** What the printed lines call it: "worker". */
  name: string;
  start: () => Promise<Running>;
  /** Where to look when it died. */
  logFile: string;
}

const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** Who lived this long was well; the next failure begins with the first delay again. */
const wellAfterMs = 60_000;

/**
 * Starts something and starts it again whenever it ends by itself, after a delay that doubles with every failure.
 * Rejects when the very first start fails: there is nothing to wait for then.
 */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const stopping = new AbortController();
  let current = await options.start();

  async function startAgain(firstWaitMs: number): Promise<void> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestDelayMs)) {
      await sleep(waitMs, undefined, { signal: stopping.signal });
      try {
        current = await options.start();
        return;
      } catch (error) {
        say(`${options.name} did not start: ${messageOf(error)}`);
      }
    }
  }

  async function watch(): Promise<void> {
    let delayMs = firstDelayMs;
    for (;;) {
      const begin = performance.now();
      const how = await current.exited;
      if (stopping.signal.aborted) return;
      if (performance.now() - begin > wellAfterMs) delayMs = firstDelayMs;
      say(
        `${options.name} ended (${how}); it is started again in ${seconds(delayMs)}; see ${options.logFile}`,
      );
      await startAgain(delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    }
  }

  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
      await current.stop(); // what was being started in the meantime
    },
  };
}
