import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Site } from '../entities/site.js';
import { ConflictError } from '../errors.js';
import { fill } from '../testing/fill.js';
import { createTestInstallation } from '../testing/installation.js';
import type { TestInstallation } from '../testing/installation.js';
import { pages, pageServiceDescription, pageTenantDescription } from '../testing/pages/pages.js';
import { refusalOf } from '../testing/refusal.js';
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

describe('a service', () => {
  it('pauses its tenants when it is disabled, and lets them go on when it is enabled', async () => {
    const paused = await world.service('Paused');
    await world.slice('lab_paused', { site: site.id, service: paused.id });
    const tenant = await world.tenant({ provider: paused.id });
    const state = () =>
      installation.sql('select sync_state, generation from tenant where id = ?', [tenant.id]);

    const off = await updateRow(installation.as(), pageServiceDescription, {
      id: paused.id,
      fill: fill({ enabled: false }),
    });
    const whileOff = await state();
    await updateRow(installation.as(), pageServiceDescription, {
      id: paused.id,
      fill: fill({ enabled: true }),
    });

    expect(whileOff).toEqual([{ sync_state: 'PAUSED', generation: 1 }]);
    expect(await state()).toEqual([{ sync_state: 'PENDING', generation: 1 }]);
    expect(off.hints).toContain(`tenant-${tenant.id}`);
  });

  it('that is disabled does not keep its tenants from being deleted', async () => {
    const service = await world.service('Off');
    await world.slice('lab_off', { site: site.id, service: service.id });
    const tenant = await world.tenant({ provider: service.id });
    await updateRow(installation.as(), pageServiceDescription, {
      id: service.id,
      fill: fill({ enabled: false }),
    });

    const { row } = await deleteRow(installation.as(), pageTenantDescription, tenant.id);

    expect(row).toMatchObject({ syncState: 'DELETING', pausedReason: null });
  });

  it('is not deleted while it has tenants, which are named', async () => {
    const needed = await world.service('Needed');
    await world.slice('lab_needed', { site: site.id, service: needed.id });
    const tenant = await world.tenant({ provider: needed.id });

    const refused = await refusalOf(deleteRow(installation.as(), pageServiceDescription, needed.id));
    const foreseen = await refusalOf(deletionImpact(installation.as(), pageServiceDescription, needed.id));

    expect(refused).toBeInstanceOf(ConflictError);
    expect(foreseen).toEqual(refused);
    expect(refused).toMatchObject({ message: expect.stringContaining(tenant.label) as string });
  });

  it('is not deleted while its slices have instances of their own, which are named', async () => {
    const used = await world.service('Used');
    const slice = await world.slice('lab_used', { site: site.id, service: used.id });
    const instance = await world.instance({ slice: slice.id });

    const refused = await refusalOf(deleteRow(installation.as(), pageServiceDescription, used.id));
    const foreseen = await refusalOf(deletionImpact(installation.as(), pageServiceDescription, used.id));

    expect(refused).toBeInstanceOf(ConflictError);
    expect(foreseen).toEqual(refused);
    expect(refused).toMatchObject({ message: expect.stringContaining(instance.name) as string });
  });

  it('takes its slices with it, and names them before', async () => {
    const leaving = await world.service('Leaving');
    const slice = await world.slice('lab_leaving', { site: site.id, service: leaving.id });

    const impact = await deletionImpact(installation.as(), pageServiceDescription, leaving.id);
    const { hints } = await deleteRow(installation.as(), pageServiceDescription, leaving.id);

    expect(impact).toEqual(['Slice lab_leaving']);
    expect([...hints].sort()).toEqual([`service-${leaving.id}`, `slice-${slice.id}`]);
    expect(await installation.sql('select sync_state from slice where id = ?', [slice.id])).toEqual([
      { sync_state: 'DELETING' },
    ]);
  });

  it('never gets a tenant while it is being disabled: the second waits for the first', async () => {
    const contested = await world.service('Contested');
    await world.slice('lab_contested', { site: site.id, service: contested.id, maxInstances: 100 });

    await Promise.all([
      updateRow(installation.as(), pageServiceDescription, {
        id: contested.id,
        fill: fill({ enabled: false }),
      }),
      ...Array.from({ length: 6 }, () => world.tenant({ provider: contested.id }).catch(() => null)),
    ]);

    const running = await installation.sql(
      'select id from tenant where provider_id = ? and paused_reason is null',
      [contested.id],
    );
    expect(running).toEqual([]);
  });
});
