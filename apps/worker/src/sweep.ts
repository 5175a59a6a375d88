import type { ComputeDriver } from '@tenon/compute/driver';
import type { Ports } from '@tenon/reconciler/ports';
import type { SweepStore } from '@tenon/reconciler/sweep-port';
import { inputsComparer } from '@tenon/reconciler/sweep/compare-inputs';
import { compareMachines } from '@tenon/reconciler/sweep/compare-machines';
import { findDue } from '@tenon/reconciler/sweep/find-due';
import { orphanRemover } from '@tenon/reconciler/sweep/remove-orphans';
import type { Logger } from 'pino';

import type { SweepName } from './queues.js';

/** Runs one sweep. */
export type Sweeps = (name: SweepName) => Promise<void>;

/** The sweeps by name. They are the truth; hints only make things faster. */
export function createSweeps(
  store: SweepStore,
  ports: Ports,
  compute: ComputeDriver,
  logger: Logger,
): Sweeps {
  const now = () => performance.now();
  const compareInputs = inputsComparer(store, ports, now);
  const removeOrphans = orphanRemover(store, compute, now);

  const machines = async () => {
    const readiness = await compute.readiness();
    const missing = readiness.ready ? await prepareImages(store, ports) : null;
    // No machine can be made without its image: whoever asks before he adds a tenant is told to wait.
    await store.recordReadiness(missing === null ? readiness : { ready: false, reason: missing });
    // An engine that does not answer says nothing about the machines.
    if (!readiness.ready) return;
    await compareMachines(store, compute, ports.sendHints);
    const removed = await removeOrphans();
    if (removed.length > 0) logger.warn({ removed }, 'removed what no row owned');
  };

  const sweeps: Record<SweepName, () => Promise<void>> = {
    due: () => findDue(store, ports.sendHints),
    machines,
    inputs: async () => {
      await store.closeAbandonedRuns();
      await compareInputs();
      await ports.sendHints(await store.staleInstances());
    },
  };
  return (name) => sweeps[name]();
}

/**
 * Starts builds in the background, so that the first instance finds its image ready or at least begun. Returns a sentence
 * about the first image that is not there yet.
 */
async function prepareImages(store: SweepStore, ports: Ports): Promise<string | null> {
  let first: string | null = null;
  for (const image of await store.images()) {
    const missing = await ports.images.missing(image);
    first ??= missing;
  }
  return first;
}
