import type { Compute } from '../compute-port.js';
import type { SweepStore } from '../sweep-port.js';

/** How long something must have been without a row before it is removed, in ms. */
const GRACE_MS = 30_000;

/**
 * Removes machines and networks of this installation that no row owns: a deletion that was cut off, a restored backup. The driver
 * shows nothing that carries another installation's UUID. Returns a function to call now and then; what is found for the first time
 * is only remembered, and removed when it is found again after the grace period. `now` gives milliseconds.
 */
export function orphanRemover(
  store: SweepStore,
  compute: Compute,
  now: () => number,
): () => Promise<string[]> {
  let firstSeen = new Map<string, number>();

  return async () => {
    // Engine first, rows second: a row is there before its machine, so what is made meanwhile is no orphan.
    const machines = await compute.list();
    const networks = await compute.listNetworks();
    const names = new Set((await store.machines()).map(({ name }) => name));
    const keys = new Set(['nat', ...(await store.networks()).flatMap(({ networkKeys }) => networkKeys)]);

    // Machines before networks: an engine refuses, or worse allows, to remove a network that is in use.
    const orphans = [
      ...machines.filter(({ name }) => !names.has(name)).map(({ name }) => `machine ${name}`),
      ...networks.filter(({ key }) => !keys.has(key)).map(({ key }) => `network ${key}`),
    ];
    firstSeen = new Map(orphans.map((orphan) => [orphan, firstSeen.get(orphan) ?? now()]));
    const ripe = orphans.filter((orphan) => now() - (firstSeen.get(orphan) ?? now()) >= GRACE_MS);
    for (const orphan of ripe) await remove(orphan, compute);
    return ripe;
  };
}

async function remove(orphan: string, compute: Compute): Promise<void> {
  const [kind, name = ''] = orphan.split(' ');
  await (kind === 'machine' ? compute.delete(name) : compute.deleteNetwork(name));
}
