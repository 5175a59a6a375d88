import type { ObjectKey } from '../object-key.js';
import type { FactsChange } from '../ports.js';
import { rowOf } from './leases.js';
import type { Query } from './sql.js';

/**
 * Locks the tenants of an instance. Whoever writes both locks tenants first, as the model does when a tenant is deleted with its
 * instance: the other order would end in a deadlock, and perhaps in an error for the person who deletes.
 */
export async function lockTenants(query: Query, instanceId: number): Promise<void> {
  await query(
    `select tenant.id from tenant join tenant_with_instance owning on owning.id = tenant.id
     where owning.instance_id = ? order by tenant.id for update of tenant`,
    [instanceId],
  );
}

/**
 * What was configured on another incarnation than `except` is not in sync, and what failed on it is worth another try at once.
 * Called after lockTenants and in the transaction that writes the instance, so that no tenant is in sync meanwhile.
 */
export async function forgetMachine(query: Query, instanceId: number, except: string | null): Promise<void> {
  await query(
    `update tenant set next_attempt_at = null, enacted_on = case when enacted_on = ? then enacted_on end
     from tenant_with_instance owning where owning.id = tenant.id and owning.instance_id = ?
       and (next_attempt_at is not null or enacted_on is distinct from ?)`,
    [except, instanceId, except],
  );
}

/**
 * A tenant's machine may have been declared lost while its playbook was ending: then the tenant is not in sync on it. With the
 * tenant locked, whoever declares machines lost is either done or still to come.
 */
export async function withoutLostMachine(
  query: Query,
  key: ObjectKey,
  facts: FactsChange,
): Promise<FactsChange> {
  const { table, id } = rowOf(key);
  if (table !== 'tenant' || facts.enactedOn === undefined) return facts;
  await query('select id from tenant where id = ? for update', [id]);
  const [instance] = await query<{ enactedOn: string | null }>(
    `select instance.enacted_on as "enactedOn" from instance
     join tenant_with_instance owning on owning.instance_id = instance.id where owning.id = ?`,
    [id],
  );
  return instance?.enactedOn === facts.enactedOn ? facts : { ...facts, enactedOn: null };
}
