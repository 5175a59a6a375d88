import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { siteDescription, sliceDescription } from '../core-entities.js';
import type { Site } from '../entities/site.js';
import { ConflictError, InputError } from '../errors.js';
import { createTestInstallation } from '../testing/installation.js';
import type { TestInstallation } from '../testing/installation.js';
import { fill } from '../testing/fill.js';
import { pages } from '../testing/pages/pages.js';
import { World } from '../testing/world.js';
import { deleteRow, deletionImpact, updateRow } from '../write.js';

let installation: TestInstallation;
let world: World;
let site: Site;

beforeAll(async () => {
  installation = await createTestInstallation([pages]);
  world = new World(installation);
  site = await world.site('lab');
});

afterAll(async () => {
  await installation.close();
});

describe('the name of a slice', () => {
  it.each([
    ['other_x', 'slice name must begin with lab_'],
    ['labx', 'slice name must begin with lab_'],
    ['lab', 'slice name must begin with lab_'],
    ['lab_', 'slice name is too short'],
    ['lab_a b', 'slice name must not contain spaces'],
    ['lab_\t', 'slice name must not contain spaces'],
  ])('%j is refused: %s', async (name, message) => {
    const refused = await world.slice(name, { site: site.id }).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(InputError);
    expect(refused).toMatchObject({ fields: { name: [message] } });
  });

  it('is refused when another slice has it, as an error of the field', async () => {
    await world.slice('lab_twice', { site: site.id });

    const refused = await world.slice('lab_twice', { site: site.id }).catch((error: unknown) => error);

    expect(refused).toMatchObject({ fields: { name: ['Slice with this Name already exists.'] } });
  });

  it('leaves nothing behind when it is refused', async () => {
    const before = await installation.sql('select id from network');

    await world.slice('labx', { site: site.id }).catch(() => null);

    expect(await installation.sql('select id from network')).toEqual(before);
  });
});

describe('a new slice', () => {
  it("is its creator's to administer", async () => {
    const slice = await world.slice('lab_mine', { site: site.id });

    const privileges = await installation.sql(
      'select user_id, role from slice_privilege where slice_id = ?',
      [slice.id],
    );
    expect(privileges).toEqual([{ user_id: installation.admin.userId, role: 'admin' }]);
    expect(slice.creator.id).toBe(installation.admin.userId);
  });

  it('has a nat and a private network with a /24 each', async () => {
    const slice = await world.slice('lab_networks', { site: site.id });

    const networks = await installation.sql<{ name: string; role: string; subnet: string }>(
      'select name, role, subnet from network where slice_id = ? order by role',
      [slice.id],
    );
    expect(networks.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'lab_networks-nat nat',
      'lab_networks-private private',
    ]);
    expect(networks[0]?.subnet).toMatch(/^10\.11\.\d+\.0\/24$/);
    expect(networks[1]?.subnet).toMatch(/^10\.0\.\d+\.0\/24$/);
  });

  it('never shares a subnet with another, however many are made at once', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `lab_race${index}`);

    await Promise.all(names.map((name) => world.slice(name, { site: site.id })));

    const subnets = await installation.sql<{ subnet: string }>('select subnet from network');
    expect(new Set(subnets.map(({ subnet }) => subnet)).size).toBe(subnets.length);
    expect(subnets.length).toBeGreaterThanOrEqual(2 * names.length);
  });

  it('is refused by a disabled site', async () => {
    const closed = await world.site('closed');
    await updateRow(installation.as(), siteDescription, { id: closed.id, fill: fill({ enabled: false }) });

    const refused = await world.slice('closed_x', { site: closed.id }).catch((error: unknown) => error);

    expect(refused).toMatchObject({ fields: { siteId: ['The site is disabled: it takes no new slices.'] } });
  });
});

describe('working for a service', () => {
  it('is decided by the admins of the service', async () => {
    const service = await world.service('Pages');
    const pi = await world.addUser('pi', { site: site.id });
    await world.onSite(pi, site.id, 'pi');

    const refused = await world
      .as(pi)
      .slice('lab_pi', { site: site.id, service: service.id })
      .catch((error: unknown) => error);
    await world.onService(pi, service.id);
    const slice = await world.as(pi).slice('lab_pi', { site: site.id, service: service.id });

    expect(refused).toMatchObject({
      fields: { serviceId: [expect.stringContaining('admin of the service')] },
    });
    expect(slice.service?.id).toBe(service.id);
  });
});

describe('deleting a slice', () => {
  it('names the networks that go with it', async () => {
    const slice = await world.slice('lab_impact', { site: site.id });

    const impact = await deletionImpact(installation.as(), sliceDescription, slice.id);

    expect(impact).toEqual(['Network lab_impact-nat', 'Network lab_impact-private']);
  });

  it('is refused while it has instances, which are named', async () => {
    const slice = await world.slice('lab_busy', { site: site.id });
    const instance = await world.instance({ slice: slice.id });

    const refused = await deleteRow(installation.as(), sliceDescription, slice.id).catch(
      (error: unknown) => error,
    );
    const foreseen = await deletionImpact(installation.as(), sliceDescription, slice.id).catch(
      (error: unknown) => error,
    );

    expect(refused).toBeInstanceOf(ConflictError);
    expect(foreseen).toEqual(refused);
    expect(refused).toMatchObject({ message: expect.stringContaining(instance.name) as string });
  });

  it('marks it, tells the worker, and is no error when asked twice', async () => {
    const slice = await world.slice('lab_gone', { site: site.id });

    const first = await deleteRow(installation.as(), sliceDescription, slice.id);
    const second = await deleteRow(installation.as(), sliceDescription, slice.id);

    expect(first.row.syncState).toBe('DELETING');
    expect(first.hints).toEqual([`slice-${slice.id}`]);
    expect(second.row.deletingSince).toEqual(first.row.deletingSince);
  });
});
