import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { coreEntities, instanceDescription, siteDescription, sliceDescription } from '../core-entities.js';
import { Deployment } from '../entities/deployment.js';
import { Image } from '../entities/image.js';
import type { Site } from '../entities/site.js';
import { ConflictError, InputError } from '../errors.js';
import { fill } from '../testing/fill.js';
import { createTestInstallation } from '../testing/installation.js';
import type { TestInstallation } from '../testing/installation.js';
import type { PageService } from '../testing/pages/pages.js';
import { pages, pageTenantDescription } from '../testing/pages/pages.js';
import { refusalOf } from '../testing/refusal.js';
import { World } from '../testing/world.js';
import { createRow, deleteRow, deletionImpact, updateRow } from '../write.js';

let installation: TestInstallation;
let world: World;
let site: Site;
let service: PageService;
let sliceId: number;

beforeAll(async () => {
  installation = await createTestInstallation([pages]);
  world = new World(installation);
  site = await world.site('lab');
  service = await world.service('Pages');
  ({ id: sliceId } = await world.slice('lab_pages', {
    site: site.id,
    service: service.id,
    maxInstances: 200,
  }));
});

afterAll(async () => {
  await installation.close();
});

const instanceOf = async (tenantId: number) => {
  const [found] = await installation.sql<Record<string, unknown>>(
    `select i.*, array(select p.address from port p join network n on n.id = p.network_id
       where p.instance_id = i.id order by n.role) as addresses
     from instance i join tenant_with_instance t on t.instance_id = i.id where t.id = ?`,
    [tenantId],
  );
  return found;
};

describe('a new tenant', () => {
  it('is of the first service of its kind and of whoever adds it', async () => {
    await world.service('Second');

    const tenant = await world.tenant();

    expect(tenant.provider.id).toBe(service.id);
    expect(tenant.creator.id).toBe(installation.admin.userId);
    expect(tenant.label).toBe(`page-tenant-${tenant.id}`);
    expect(tenant.syncState).toBe('PENDING');
    expect(tenant.generation).toBe(1);
  });

  it('gets an instance with a name, a place and an address in each network', async () => {
    const tenant = await world.tenant();

    const instance = await instanceOf(tenant.id);
    expect(instance).toMatchObject({ slice_id: sliceId, creator_id: installation.admin.userId });
    expect(instance?.['name']).toBe(`lab_pages-${String(instance?.['id'])}`);
    expect(instance?.['addresses']).toEqual([
      expect.stringMatching(/^10\.11\.\d+\.\d+$/),
      expect.stringMatching(/^10\.0\.\d+\.\d+$/),
    ]);
  });

  it('tells the worker of both', async () => {
    const { row, hints } = await createRow(
      installation.as(),
      pageTenantDescription,
      fill({ message: 'hello' }),
    );

    expect([...hints].sort()).toEqual([`instance-${String(row.instance?.id)}`, `tenant-${row.id}`]);
  });

  it('never shares an address with another, however many are added at once', async () => {
    await Promise.all(Array.from({ length: 15 }, () => world.tenant()));

    const addresses = await installation.sql<{ address: string }>('select address from port');
    expect(new Set(addresses.map(({ address }) => address)).size).toBe(addresses.length);
  });

  it('keeps its message exactly', async () => {
    const message = ` ${'😀'.repeat(250)}\n\\ `;

    const tenant = await world.tenant({ message });

    expect(await installation.sql('select message from page_tenant where id = ?', [tenant.id])).toEqual([
      { message },
    ]);
  });

  it('is placed on the node with the fewest instances', async () => {
    const nodeDescription = coreEntities.find(({ name }) => name === 'Node');
    if (nodeDescription === undefined) throw new Error('no Node');
    const [deployment] = await installation.sql<{ id: number }>('select id from deployment');
    const node = await world.add(nodeDescription, {
      name: 'idle',
      site: site.id,
      deployment: deployment?.id,
    });

    const tenant = await world.tenant();

    expect(await instanceOf(tenant.id)).toMatchObject({ node_id: node.id });
  });
});

describe('the image of a new instance', () => {
  it("is the slice's, else the deployment's, else an error that says what to set", async () => {
    const em = installation.asSystem();
    const deployment = await em.findOneOrFail(Deployment, { name: 'MyDeployment' });
    const bootstrapImage = deployment.defaultImage;
    const own = em.create(Image, { name: 'own' }, { partial: true });
    await em.flush();
    const withSlice = await world.service('Imaged');
    const slice = await world.slice('lab_imaged', {
      site: site.id,
      service: withSlice.id,
      defaultImage: own.id,
    });

    const ofSlice = await world.tenant({ provider: withSlice.id });
    await updateRow(installation.as(), sliceDescription, {
      id: slice.id,
      fill: fill({ defaultImage: null }),
    });
    const ofDeployment = await world.tenant({ provider: withSlice.id });
    deployment.defaultImage = null;
    await em.flush();
    const refused = await refusalOf(world.tenant({ provider: withSlice.id }));
    deployment.defaultImage = bootstrapImage;
    await em.flush();

    expect(await instanceOf(ofSlice.id)).toMatchObject({ image_id: own.id });
    expect(await instanceOf(ofDeployment.id)).toMatchObject({ image_id: bootstrapImage?.id });
    expect(refused).toMatchObject({ fields: { '': [expect.stringMatching(/^Set a default image/)] } });
  });
});

describe('a new tenant is refused, with nothing stored,', () => {
  const tenants = () => installation.sql<object>('select id from tenant');
  const instances = () => installation.sql<object>('select id from instance');
  const expectRefusal = async (work: () => Promise<unknown>, fields: object) => {
    const before = [await tenants(), await instances()];

    const refused = await refusalOf(work());

    expect(refused).toBeInstanceOf(InputError);
    expect(refused).toMatchObject({ fields });
    expect([await tenants(), await instances()]).toEqual(before);
  };

  it('when the service has no slices', async () => {
    const bare = await world.service('Bare');

    await expectRefusal(() => world.tenant({ provider: bare.id }), {
      providerId: ['The service has no slices'],
    });
  });

  it('when the service is disabled', async () => {
    const closed = await world.service('Closed', { enabled: false });
    await world.slice('lab_closed', { site: site.id, service: closed.id });

    await expectRefusal(() => world.tenant({ provider: closed.id }), {
      providerId: ['Service Closed is disabled: it takes no new tenants.'],
    });
  });

  it('when the slice is disabled or full', async () => {
    const small = await world.service('Small');
    const slice = await world.slice('lab_small', { site: site.id, service: small.id, maxInstances: 1 });
    await world.tenant({ provider: small.id });

    await expectRefusal(() => world.tenant({ provider: small.id }), {
      sliceId: [expect.stringContaining('maximum of 1 instances')],
    });

    await updateRow(installation.as(), sliceDescription, { id: slice.id, fill: fill({ enabled: false }) });
    await expectRefusal(() => world.tenant({ provider: small.id }), {
      sliceId: [expect.stringContaining('disabled')],
    });
  });

  it('when the creator has no privilege on the slice', async () => {
    const outsider = await world.addUser('outsider', { site: site.id });

    await expectRefusal(() => world.tenant({ creator: outsider.userId }), {
      creatorId: [expect.stringContaining('no privileges on slice lab_pages')],
    });
  });
});

describe('changing a tenant', () => {
  it('never moves it to another service', async () => {
    const tenant = await world.tenant();
    const other = await world.service('Elsewhere');

    const refused = await refusalOf(
      updateRow(installation.as(), pageTenantDescription, {
        id: tenant.id,
        fill: fill({ provider: other.id }),
      }),
    );

    expect(refused).toMatchObject({ fields: { providerId: [expect.stringContaining('cannot be changed')] } });
  });

  it('leaves the instance alone', async () => {
    const tenant = await world.tenant();
    const before = await instanceOf(tenant.id);

    const { hints } = await updateRow(installation.as(), pageTenantDescription, {
      id: tenant.id,
      fill: fill({ message: 'other' }),
    });

    expect(await instanceOf(tenant.id)).toEqual(before);
    expect(hints).toEqual([`tenant-${tenant.id}`]);
  });
});

describe('deleting a tenant', () => {
  it('names its instance with the addresses, and marks it too', async () => {
    const tenant = await world.tenant();
    const instance = await instanceOf(tenant.id);

    const impact = await deletionImpact(installation.as(), pageTenantDescription, tenant.id);
    const { row, hints } = await deleteRow(installation.as(), pageTenantDescription, tenant.id);

    expect(impact).toEqual([
      `Instance ${String(instance?.['name'])} (${(instance?.['addresses'] as string[]).join(', ')})`,
    ]);
    expect(row.syncState).toBe('DELETING');
    expect(await instanceOf(tenant.id)).toMatchObject({ sync_state: 'DELETING', generation: 2 });
    expect([...hints].sort()).toEqual([`instance-${String(instance?.['id'])}`, `tenant-${tenant.id}`]);
  });

  it('leaves no way to change it any more', async () => {
    const tenant = await world.tenant();
    await deleteRow(installation.as(), pageTenantDescription, tenant.id);

    const refused = await refusalOf(
      updateRow(installation.as(), pageTenantDescription, { id: tenant.id, fill: fill({ message: 'late' }) }),
    );

    expect(refused).toBeInstanceOf(ConflictError);
  });
});

it('an instance of a tenant is not deleted on its own', async () => {
  const tenant = await world.tenant();

  const refused = await refusalOf(
    deleteRow(installation.as(), instanceDescription, tenant.instance?.id ?? 0),
  );

  expect(refused).toMatchObject({ message: expect.stringContaining(tenant.label) as string });
});

it('a site that is still needed is not deleted, and the error says by what', async () => {
  const refused = await refusalOf(deleteRow(installation.as(), siteDescription, site.id));

  expect(refused).toBeInstanceOf(ConflictError);
  expect(refused).toMatchObject({
    message: expect.stringMatching(/a (node|slice|user account) still needs it/) as string,
  });
});
