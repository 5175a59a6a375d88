import type { ObjectKey } from './object-key.js';
import type { Ports } from './ports.js';
import { tenantInputs } from './tenant-inputs.js';

/**
 * Compares what was applied to the tenants of a service with what would be applied now, and makes those pending that
 * differ: an edited playbook or role, a changed setting, a new key. Returns the keys of those.
 */
export async function recheckTenants(service: ObjectKey, ports: Ports): Promise<ObjectKey[]> {
  const stale: { key: ObjectKey; enactedInputs: string }[] = [];
  for (const tenant of await ports.store.settledTenants(service)) {
    const { enactedInputs } = tenant.facts;
    if (enactedInputs !== null && enactedInputs !== (await inputsOrUnreadable(tenant, ports))) {
      stale.push({ key: tenant.key, enactedInputs });
    }
  }
  const changed = stale.length === 0 ? [] : await ports.store.markStale(stale);
  await ports.sendHints(changed);
  return changed;
}

/** A playbook that cannot be read is a difference too: the tenant's own reconciliation then says what is wrong with it. */
async function inputsOrUnreadable(tenant: Parameters<typeof tenantInputs>[0], ports: Ports): Promise<string> {
  return tenantInputs(tenant, ports.configurator).catch(() => 'unreadable');
}
