import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { siteDescription, sliceDescription, userDescription } from './core-entities.js';
import { Instance } from './entities/instance.js';
import { Network } from './entities/network.js';
import { Session } from './entities/session.js';
import { Site } from './entities/site.js';
import { SlicePrivilege } from './entities/slice-privilege.js';
import { Slice } from './entities/slice.js';
import { User } from './entities/user.js';
import { ForbiddenError, NotFoundError } from './errors.js';
import { newRow } from './new-row.js';
import type { UserPrincipal } from './principal.js';
import { markRuled } from './rules/provenance.js';
import { fill } from './testing/fill.js';
import { createTestInstallation } from './testing/installation.js';
import type { TestInstallation } from './testing/installation.js';
import { PageTenant, pages, pageTenantDescription } from './testing/pages/pages.js';
import { refusalOf } from './testing/refusal.js';
import { World } from './testing/world.js';
import { createRow, deleteRow, deletionImpact, syncNow, updateRow } from './write.js';

let installation: TestInstallation;
let world: World;
let site: Site;
let slice: Slice;
let tenant: PageTenant;
let stranger: UserPrincipal;
let member: UserPrincipal;
let pi: UserPrincipal;

beforeAll(async () => {
  installation = await createTestInstallation([pages]);
  world = new World(installation);
  site = await world.site('lab');
  const service = await world.service('Pages');
  slice = await world.slice('lab_pages', { site: site.id, service: service.id });
  tenant = await world.tenant();
  stranger = await world.addUser('stranger', { site: site.id });
  member = await world.addUser('member', { site: site.id });
  pi = await world.addUser('pi', { site: site.id });
  await world.onSlice(member, slice.id, 'access');
  await world.onSite(pi, site.id, 'pi');
});

afterAll(async () => {
  await installation.close();
});

describe('a row that was never loaded', () => {
  it('cannot be changed through a reference', async () => {
    const em = installation.as(stranger);
    em.getReference(Slice, slice.id).description = 'mine now';

    expect(await refusalOf(em.flush())).toBeInstanceOf(ForbiddenError);
  });

  it('cannot be removed through a reference', async () => {
    const em = installation.as(stranger);
    em.remove(em.getReference(SlicePrivilege, 1));

    expect(await refusalOf(em.flush())).toBeInstanceOf(ForbiddenError);
  });

  it('cannot be changed by merging it', async () => {
    const em = installation.as(stranger);
    em.merge(PageTenant, { id: tenant.id, message: 'hello' }).message = 'mine now';

    expect(await refusalOf(em.flush())).toBeInstanceOf(ForbiddenError);
  });
});

describe('a row that may be seen but not changed', () => {
  it.each([
    [
      'an update',
      () =>
        updateRow(installation.as(member), pageTenantDescription, {
          id: tenant.id,
          fill: fill({ message: 'x' }),
        }),
    ],
    ['a deletion', () => deleteRow(installation.as(member), pageTenantDescription, tenant.id)],
    [
      'asking what a deletion destroys',
      () => deletionImpact(installation.as(member), pageTenantDescription, tenant.id),
    ],
    ['sync now', () => syncNow(installation.as(member), pageTenantDescription, tenant.id)],
  ])('%s is refused', async (_what, work) => {
    expect(await refusalOf(work())).toBeInstanceOf(ForbiddenError);
    expect(
      await installation.sql('select generation, deleting_since from tenant where id = ?', [tenant.id]),
    ).toEqual([{ generation: 1, deleting_since: null }]);
  });
});

describe('a user without privileges', () => {
  it('learns nothing from what he tries to add', async () => {
    const attempts = [
      world.as(stranger).tenant({ provider: tenant.provider.id }),
      world.as(stranger).slice('nonsense', { site: site.id }),
      world.as(stranger).instance({ slice: slice.id }),
      world.as(stranger).service('Mine'),
      world.as(stranger).addUser('friend', { site: site.id }),
    ];

    for (const refused of await Promise.all(attempts.map(refusalOf))) {
      expect(refused).toBeInstanceOf(ForbiddenError);
    }
  });

  it('finds nothing to change or delete', async () => {
    const attempts = [
      updateRow(installation.as(stranger), sliceDescription, {
        id: slice.id,
        fill: fill({ description: 'x' }),
      }),
      deleteRow(installation.as(stranger), pageTenantDescription, tenant.id),
      deletionImpact(installation.as(stranger), pageTenantDescription, tenant.id),
    ];

    for (const refused of await Promise.all(attempts.map(refusalOf))) {
      expect(refused).toBeInstanceOf(NotFoundError);
    }
  });
});

describe('a read-only user', () => {
  it('changes nothing, not even as an admin or his own row', async () => {
    const readonly = await world.addUser('readonly', { site: site.id, isReadonly: true, isAdmin: true });
    const edits = [
      updateRow(installation.as(readonly), sliceDescription, {
        id: slice.id,
        fill: fill({ description: 'x' }),
      }),
      updateRow(installation.as(readonly), userDescription, {
        id: readonly.userId,
        fill: fill({ phone: '1' }),
      }),
      world.as(readonly).slice('lab_readonly', { site: site.id }),
      world.as(readonly).tenant(),
      deleteRow(installation.as(readonly), pageTenantDescription, tenant.id),
    ];

    for (const refused of await Promise.all(edits.map(refusalOf))) {
      expect(refused).toBeInstanceOf(ForbiddenError);
      expect(refused).toMatchObject({ message: expect.stringContaining('read-only user') as string });
    }
  });
});

describe('a user cannot make himself more than he is', () => {
  it.each(['isAdmin', 'isActive', 'isReadonly', 'email', 'site'])(
    'by setting %s of his own row',
    async (name) => {
      const values = { isAdmin: true, isActive: false, isReadonly: true, email: 'x@example.org', site: 1 };
      const own = updateRow(installation.as(stranger), userDescription, {
        id: stranger.userId,
        fill: fill({ [name]: values[name as keyof typeof values] }),
      });

      expect(await refusalOf(own)).toBeInstanceOf(ForbiddenError);
    },
  );

  it('but changes his phone and key', async () => {
    const { row } = await updateRow(installation.as(stranger), userDescription, {
      id: stranger.userId,
      fill: fill({ phone: '123', publicKey: 'ssh-ed25519 AAAA stranger' }),
    });

    expect(row.phone).toBe('123');
  });

  it("by a PI's hand on the key of another, which opens machines elsewhere", async () => {
    const edit = (values: object) =>
      updateRow(installation.as(pi), userDescription, { id: stranger.userId, fill: fill({ ...values }) });

    expect(await refusalOf(edit({ publicKey: 'ssh-ed25519 AAAA pi' }))).toBeInstanceOf(ForbiddenError);
    expect((await edit({ firstname: 'Corrected' })).row.firstname).toBe('Corrected');
  });

  it("by a PI's hand on an installation admin of his site", async () => {
    const boss = await world.addUser('boss', { site: site.id, isAdmin: true });
    const edit = updateRow(installation.as(pi), userDescription, {
      id: boss.userId,
      fill: fill({ firstname: 'x' }),
    });

    expect(await refusalOf(edit)).toBeInstanceOf(ForbiddenError);
  });

  it('by naming another as the creator of a slice', async () => {
    const refused = await refusalOf(
      world.as(pi).slice('lab_other', { site: site.id, creator: stranger.userId }),
    );

    expect(refused).toBeInstanceOf(ForbiddenError);
  });

  it('by moving a privilege to a slice that is not his', async () => {
    const foreign = await world.site('foreign');
    const theirs = await world.slice('foreign_x', { site: foreign.id });
    const own = await world.as(pi).slice('lab_own', { site: site.id });
    const em = installation.as(pi);
    const [privilege] = await em.find(SlicePrivilege, { slice: own.id });
    if (privilege === undefined) throw new Error('no privilege');
    privilege.slice = em.getReference(Slice, theirs.id);

    expect(await refusalOf(em.flush())).toBeInstanceOf(ForbiddenError);
  });
});

describe('what only the system writes', () => {
  it.each([
    ['a fact', Instance, { machineId: 'forged' }],
    ['a read-only column', Instance, { name: 'forged' }],
    ['a create-only column', Slice, { name: 'lab_forged' }],
  ])('%s is refused, to an admin too', async (_what, entity, values) => {
    const em = installation.as();
    const [row] = await em.find<Instance | Slice>(entity, {});
    if (row === undefined) throw new Error('no row');
    Object.assign(row, values);
    markRuled(row);

    expect(await refusalOf(em.flush())).toBeInstanceOf(ForbiddenError);
  });

  it.each([Network, Session])('rows of $name are refused, to an admin too', async (entity) => {
    const em = installation.as();
    em.persist(newRow<Network | Session>(entity, {}));

    expect(await refusalOf(em.flush())).toBeInstanceOf(ForbiddenError);
  });
});

describe('a flush that bypasses the rules', () => {
  it('cannot store a slice without networks', async () => {
    const em = installation.as();
    em.persist(newRow(Slice, { name: 'lab_bare', site: em.getReference(Site, site.id) }));

    await expect(em.flush()).rejects.toThrow('use createRow of write.ts');
  });

  it('cannot drop a row whose machine still runs', async () => {
    const em = installation.as();
    const [instance] = await em.find(Instance, {});
    if (instance === undefined) throw new Error('no instance');
    em.remove(instance);

    await expect(em.flush()).rejects.toThrow('use deleteRow of write.ts');
  });

  it('is not let through because a rule derived the row before', async () => {
    const em = installation.as(member);
    const { row } = await createRow(
      em,
      pageTenantDescription,
      fill({ message: 'x', provider: tenant.provider.id }),
    );
    if (row.instance === null) throw new Error('no instance');
    row.instance.creator = em.getReference(User, stranger.userId);

    expect(await refusalOf(em.flush())).toBeInstanceOf(ForbiddenError);
  });
});

it('rows that a rule derives need no privilege of their own', async () => {
  const made = await world.as(member).tenant({ provider: tenant.provider.id });

  expect(await refusalOf(world.as(member).instance({ slice: slice.id }))).toBeInstanceOf(ForbiddenError);
  expect(made.instance).not.toBeNull();
});

it('an admin passes', async () => {
  const { row } = await updateRow(installation.as(), siteDescription, {
    id: site.id,
    fill: fill({ siteUrl: 'https://x' }),
  });
  const created = await world.instance({ slice: slice.id });

  expect(row.siteUrl).toBe('https://x');
  expect(created.creator.id).toBe(installation.admin.userId);
  expect(await installation.asSystem().count(User, { isAdmin: true })).toBeGreaterThan(0);
});
