import type { MikroORM } from '@mikro-orm/postgresql';
import type { Instance } from '@tenon/model/entities/instance';
import type { Service } from '@tenon/model/entities/service';
import { TenantWithInstance } from '@tenon/model/entities/tenant-with-instance';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';
import { SyncState } from '@tenon/model/sync-state';
import type { ServicePackage } from '@tenon/service-kit/define-service';

import { keyOf } from '../object-key.js';
import type { ConfigureTarget, TenantInstance, TenantService, TenantSubject } from '../subject.js';
import { type FactsRow, loaded, readFacts, readManyFacts } from './facts.js';
import { queryIn } from './sql.js';

const SECOND = 1000;

export async function loadTenant(
  orm: MikroORM,
  packages: readonly ServicePackage[],
  id: number,
): Promise<TenantSubject | null> {
  const em = forPrincipal(orm, SYSTEM);
  const query = queryIn(em);
  const [facts, [row]] = await Promise.all([
    readFacts(query, 'tenant', id),
    query<{ kind: string }>('select kind from tenant where id = ?', [id]),
  ]);
  if (facts === null || row === undefined) return null;
  const tenant: TenantWithInstance | null = await em.findOne<TenantWithInstance, 'provider' | 'instance'>(
    entityOf(row.kind, packages),
    { id },
    { populate: ['provider', 'instance'] },
  );
  return tenant && subjectOf(tenant, facts, packages);
}

/** The tenants of a service that count as in sync. */
export async function loadSettledTenants(
  orm: MikroORM,
  packages: readonly ServicePackage[],
  serviceId: number,
): Promise<TenantSubject[]> {
  const em = forPrincipal(orm, SYSTEM);
  const query = queryIn(em);
  const [service] = await query<{ kind: string }>('select kind from service where id = ?', [serviceId]);
  if (service === undefined) return [];
  const tenants: TenantWithInstance[] = await em.find<TenantWithInstance, 'provider' | 'instance'>(
    entityOf(service.kind, packages),
    { provider: serviceId, syncState: SyncState.IN_SYNC },
    { populate: ['provider', 'instance'], orderBy: { id: 'asc' } },
  );
  const ids = tenants.map(({ id }) => id);
  const facts = await readManyFacts(query, 'tenant', ids);
  return tenants.flatMap((tenant) => {
    const row = facts.get(tenant.id);
    return row === undefined ? [] : [subjectOf(tenant, row, packages)];
  });
}

type TenantClass = new () => TenantWithInstance;

/** The class with the tenant's own columns: a query by a base class does not load those of its children's tables. */
function entityOf(kind: string, packages: readonly ServicePackage[]): TenantClass {
  const entity = packages.find((candidate) => candidate.kind === kind)?.tenant.entity;
  return isTenantClass(entity) ? entity : TenantWithInstance;
}

function isTenantClass(entity: unknown): entity is TenantClass {
  return typeof entity === 'function' && entity.prototype instanceof TenantWithInstance;
}

function subjectOf(
  tenant: TenantWithInstance,
  facts: FactsRow,
  packages: readonly ServicePackage[],
): TenantSubject {
  const { provider, instance } = tenant;
  const made = fromPackage(tenant, packages);
  return {
    type: 'tenant',
    ...loaded('tenant', facts, tenant.label),
    ...made,
    playbook: provider.playbook ?? made.playbook,
    service: settingsOf(provider),
    instance: instance && instanceOf(instance, provider),
  };
}

interface FromPackage {
  problem: string | null;
  playbook: string;
  variables: Record<string, unknown>;
  secrets: string[];
}

/** What the service package says about the row. Its code may fail, and it may be gone: that is the tenant's problem only. */
function fromPackage(tenant: TenantWithInstance, packages: readonly ServicePackage[]): FromPackage {
  const nothing = { playbook: '', variables: {}, secrets: [] };
  const found = packages.find(({ kind }) => kind === tenant.kind);
  if (found === undefined) {
    return {
      ...nothing,
      problem: `there is no service package of kind ${tenant.kind}; put it back or delete the tenant`,
    };
  }
  try {
    const { sync } = found;
    return {
      problem: null,
      playbook: sync.playbook,
      variables: sync.variables(tenant),
      secrets: secretsOf(tenant, found),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...nothing, problem: `cannot make the variables of ${tenant.label}: ${why}` };
  }
}

/** The values of the tenant's and its service's secret fields. */
function secretsOf(tenant: TenantWithInstance, { tenant: described, service }: ServicePackage): string[] {
  const owners: [object, typeof described.fields][] = [
    [tenant, described.fields],
    [tenant.provider, service.fields],
  ];
  return owners.flatMap(([row, fields]) =>
    Object.entries(row).flatMap(([name, value]) =>
      fields[name]?.kind === 'secret' && typeof value === 'string' ? [value] : [],
    ),
  );
}

function settingsOf(provider: Service): TenantService {
  return {
    key: keyOf('service', provider.id),
    id: provider.id,
    label: provider.label,
    publicKey: provider.publicKey,
    loginUser: provider.loginUser,
    syncIntervalMs: provider.syncIntervalSeconds * SECOND,
    backoffEnabled: provider.backoffEnabled,
  };
}

function instanceOf(instance: Instance, provider: Service): TenantInstance {
  const target = targetOf(instance, provider);
  return {
    key: keyOf('instance', instance.id),
    label: instance.name,
    ready: instance.enactedOn !== null && target !== null && instance.deletingSince === null,
    reason: reasonOf(instance),
    incarnation: instance.enactedOn,
    ageMs: instance.enacted === null ? null : Date.now() - instance.enacted.getTime(),
    target,
  };
}

function reasonOf(instance: Instance): string {
  if (instance.deletingSince !== null) return 'it is being deleted';
  return instance.blockedReason ?? instance.waitingFor ?? instance.lastError ?? 'it is being made';
}

function targetOf(instance: Instance, provider: Service): ConfigureTarget | null {
  const { sshHost, sshPort, hostKey, name } = instance;
  const { privateKey, loginUser } = provider;
  if (sshHost === null || sshPort === null || hostKey === null || privateKey === null) return null;
  return { name, host: sshHost, port: sshPort, user: loginUser, privateKey, hostKey };
}
