import { sshLogin } from '@tenon/compute/testing/ssh-login';
import { coreEntities } from '@tenon/model/core-entities';
import { Instance } from '@tenon/model/entities/instance';
import type { Row } from '@tenon/model/entities/row';
import { Service } from '@tenon/model/entities/service';
import { Site } from '@tenon/model/entities/site';
import { Slice } from '@tenon/model/entities/slice';
import type { EntityDescription } from '@tenon/model/entity-description';
import type { TestInstallation } from '@tenon/model/testing/installation';
import { createRow, deleteRow, updateRow } from '@tenon/model/write';
import type { ServicePackage } from '@tenon/service-kit/define-service';

/** The file that the tests' playbook writes. */
export const PAGE = '/srv/page/index.html';

/** A tenant and everything it needs, changed through the same functions as the api's. */
export interface TenantAtWork {
  id: number;
  instanceName: string;
  /** Its state; 'GONE' when there is no such row. */
  state(): Promise<string>;
  /** Why it is in that state. */
  reason(): Promise<string>;
  /** The file that its playbook wrote on its machine. */
  page(): Promise<string>;
  edit(message: string): Promise<void>;
  delete(): Promise<void>;
}

/** Adds a service, its slice and a tenant with this message. `name` is unique in the installation. */
export async function addTenant(
  { installation, example }: { installation: TestInstallation; example: ServicePackage },
  { name, message }: { name: string; message: string },
): Promise<TenantAtWork> {
  const service = await createRow(installation.as(), example.service, (row) => {
    Object.assign(row, { name, versionNumber: '1' });
  });
  await createRow(installation.as(), descriptionOf(Slice), (row, em) => {
    row.name = `mysite_${name}`;
    row.site = em.getReference(Site, 1);
    row.service = em.getReference(Service, service.row.id);
  });
  const { row } = await createRow(installation.as(), example.tenant, (tenant, em) => {
    Object.assign(tenant, { tenantMessage: message, provider: em.getReference(Service, service.row.id) });
  });
  const [instance] = await installation.sql<{ id: number; name: string }>(
    'select instance.id, instance.name from tenant_with_instance t join instance on instance.id = t.instance_id where t.id = ?',
    [row.id],
  );
  if (instance === undefined) throw new Error('the tenant got no instance');

  const read = async (columns: string) => {
    const rows = await installation.sql<{ value: string }>(
      `select ${columns} as value from tenant where id = ?`,
      [row.id],
    );
    return rows[0]?.value;
  };
  return {
    id: row.id,
    instanceName: instance.name,
    state: async () => (await read('sync_state')) ?? 'GONE',
    reason: async () =>
      (await read(`concat_ws(' ', sync_state, blocked_reason, waiting_for, last_error)`)) ?? '',
    page: () => readPage(installation, instance.id, service.row.id),
    edit: async (next) => {
      await updateRow(installation.as(), example.tenant, {
        id: row.id,
        fill: (tenant) => {
          Object.assign(tenant, { tenantMessage: next });
        },
      });
    },
    delete: async () => {
      await deleteRow(installation.as(), example.tenant, row.id);
    },
  };
}

/** Read by OpenSSH's own client with the service's key, so that no code of ours can be wrong twice. */
async function readPage(
  installation: TestInstallation,
  instanceId: number,
  serviceId: number,
): Promise<string> {
  const em = installation.asSystem();
  const { sshHost, sshPort, hostKey } = await em.findOneOrFail(Instance, { id: instanceId });
  const { privateKey } = await em.findOneOrFail(Service, { id: serviceId });
  const machine = { ssh: { host: sshHost ?? '', port: sshPort ?? 0 }, hostKey: hostKey ?? '' };
  const { stdout } = await sshLogin(machine, privateKey ?? '', `cat ${PAGE}`);
  return stdout;
}

function descriptionOf<T extends Row>(entity: new () => T): EntityDescription<T> {
  const found: EntityDescription | undefined = coreEntities.find(
    (description) => description.entity === entity,
  );
  if (found === undefined) throw new Error(`no description of ${entity.name}`);
  return found as EntityDescription<T>;
}
