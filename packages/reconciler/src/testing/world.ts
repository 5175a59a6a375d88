import { backgroundImages } from '../background-images.js';
import type { ObjectKey } from '../object-key.js';
import type { Ports } from '../ports.js';
import { reconcile } from '../reconcile.js';
import { memoryCompute } from './memory-compute.js';
import { memoryConfigurator, memoryRunLog } from './memory-configurator.js';
import { memoryStore } from './memory-store.js';
import { KEYS } from './memory-world.js';

/** Every port in memory, and a worker that takes one job at a time. */
export function createWorld(workerId = 'worker-1') {
  const store = memoryStore();
  const compute = memoryCompute();
  const configurator = memoryConfigurator();
  const runs = memoryRunLog();
  const hints: ObjectKey[] = [];
  const ports: Ports = {
    store,
    compute,
    images: backgroundImages(compute, () => 0),
    configurator,
    runs,
    sendHints: (keys) => {
      hints.push(...keys);
      return Promise.resolve();
    },
    makeKeyPair: () =>
      Promise.resolve({ privateKey: 'private key of the service', publicKey: 'ssh-ed25519 service' }),
    random: () => 0.5,
    workerId,
    leaseMs: 12_000,
  };
  const stopping = new AbortController();
  const run = (key: ObjectKey) => reconcile(key, ports, stopping.signal);

  return {
    store,
    compute,
    configurator,
    runs,
    hints,
    ports,
    stopping,
    run,
    /** Works on what is due until nothing is: what the sweep and the queue do together. */
    settle: async () => {
      for (let round = 0; round < 20; round += 1) {
        const due = await store.due(100);
        if (due.length === 0) return;
        for (const key of due) await run(key);
      }
    },
  };
}

/** The same, with everything in sync. */
export async function settledWorld() {
  const world = createWorld();
  await world.settle();
  world.hints.length = 0;
  return world;
}

export { KEYS };
