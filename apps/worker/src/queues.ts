import type { ObjectKey } from '@tenon/reconciler/object-key';
import { parseKey } from '@tenon/reconciler/object-key';
import type { SendHints } from '@tenon/reconciler/ports';
import type { Logger } from 'pino';

import { onceInAWhile } from './once-in-a-while.js';
import { type Backend, type Consumer, openBackend, type Producer } from './queue-backend.js';

const SECOND = 1000;
/** Objects that are worked on at once by one worker. Most of the time of each is waiting for its machine. */
const CONCURRENCY = 8;
/** A Redis that came back empty has forgotten the sweeps; this is how often they are put back, in ms. */
const RENEW_SWEEPS_MS = 10 * SECOND;

/** Names and intervals (ms) of the sweeps. Whichever worker is free runs one. */
const SWEEPS = { due: SECOND, machines: 5 * SECOND, inputs: 5 * SECOND } as const;

export type SweepName = keyof typeof SWEEPS;

export const SWEEP_NAMES = Object.keys(SWEEPS) as SweepName[];

interface Handlers {
  reconcile(key: ObjectKey): Promise<void>;
  sweep(name: SweepName): Promise<void>;
}

export interface Queues {
  sendHints: SendHints;
  /** Begins to take jobs. Resolves when the sweeps are scheduled. */
  start(handlers: Handlers): Promise<void>;
  /** Takes no more jobs, waits for the running ones, and closes. */
  close(): Promise<void>;
}

/** The queue of hints and the schedule of sweeps, on Redis when `redisUrl` is set, else in the database. */
export function openQueues(config: { databaseUrl: string; redisUrl: string | null }, logger: Logger): Queues {
  const onError = onceInAWhile((error) =>
    logger.warn({ err: error }, 'the queue is unreachable; trying again'),
  );
  const backend = openBackend(config, onError);
  const hints = backend.producer('reconcile');
  const sweeps = backend.producer('sweep');
  const consumers: Consumer[] = [];
  let renewal: NodeJS.Timeout | undefined;

  return {
    sendHints: (keys) => sendHints(hints, keys).catch(onError),
    start: async (handlers) => {
      consumers.push(consumeHints(backend, handlers), consumeSweeps(backend, handlers));
      await scheduleSweeps(sweeps);
      renewal = setInterval(() => void scheduleSweeps(sweeps).catch(onError), RENEW_SWEEPS_MS);
    },
    close: async () => {
      clearInterval(renewal);
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await Promise.all([hints.close(), sweeps.close()]);
      backend.close();
    },
  };
}

async function sendHints(hints: Producer, keys: readonly ObjectKey[]): Promise<void> {
  await Promise.all(
    keys.map((key) =>
      // keepLastIfActive: a hint that comes while its object is being worked on is looked at afterwards, not dropped.
      hints.add(
        parseKey(key)?.type ?? 'unknown',
        { key },
        { deduplication: { id: key, keepLastIfActive: true } },
      ),
    ),
  );
}

function consumeHints(backend: Backend, handlers: Handlers): Consumer {
  return backend.consumer('reconcile', CONCURRENCY, async ({ data: { key } }) => {
    const parsed = parseKey(key);
    if (parsed !== null) await handlers.reconcile(`${parsed.type}-${parsed.id}`);
  });
}

/** A sweep that takes longer than its interval is not started a second time. */
function consumeSweeps(backend: Backend, handlers: Handlers): Consumer {
  const running = new Set<string>();
  return backend.consumer('sweep', SWEEP_NAMES.length, async (job) => {
    const name = SWEEP_NAMES.find((candidate) => candidate === job.name);
    if (name === undefined || running.has(name)) return;
    running.add(name);
    await handlers.sweep(name).finally(() => running.delete(name));
  });
}

async function scheduleSweeps(sweeps: Producer): Promise<void> {
  for (const [name, every] of Object.entries(SWEEPS)) await sweeps.schedule(name, every);
}
