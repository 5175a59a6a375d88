import type { TenantWithInstance } from '@tenon/model/entities/tenant-with-instance';

/** What a service says must be true on a tenant's instance: a playbook and the variables it runs with. */
export interface SyncStep<T extends TenantWithInstance = TenantWithInstance> {
  /** Name of the file in playbooks/ that runs when the service's own setting `playbook` is empty. */
  playbook: string;
  /**
   * The playbook's variables for this tenant. They are data: the engine marks them unsafe, never templates them again and
   * never lets a shell interpret them. Reads the row only; `tenant.provider` and `tenant.instance` are loaded.
   * Method syntax on purpose: a step for ExampleTenant is kept in a list of steps for any tenant.
   */
  variables(tenant: T): Record<string, unknown>;
}
