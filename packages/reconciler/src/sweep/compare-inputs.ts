import type { Ports } from '../ports.js';
import { recheckTenants } from '../recheck-tenants.js';
import type { SweepStore } from '../sweep-port.js';

/**
 * Notices what no row says: an edited playbook, role or template, a changed key or member. Returns a function to call often; each
 * service is compared at its own sync interval. `now` gives milliseconds.
 */
export function inputsComparer(store: SweepStore, ports: Ports, now: () => number): () => Promise<void> {
  const lastCompared = new Map<string, number>();
  const lastContent = new Map<string, string>();

  return async () => {
    for (const { key, syncIntervalMs, playbook } of await store.services()) {
      if (now() - (lastCompared.get(key) ?? -Infinity) < syncIntervalMs) continue;
      lastCompared.set(key, now());
      await recheckTenants(key, ports);

      const content = await ports.configurator.hash(playbook).catch(() => 'unreadable');
      if (lastContent.get(key) === content) continue;
      lastContent.set(key, content);
      await ports.sendHints(await store.retryFailed(key));
    }
  };
}
