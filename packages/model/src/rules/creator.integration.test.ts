import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Site } from '../entities/site.js';
import type { UserPrincipal } from '../principal.js';
import { fill } from '../testing/fill.js';
import { createTestInstallation } from '../testing/installation.js';
import type { TestInstallation } from '../testing/installation.js';
import type { PageService } from '../testing/pages/pages.js';
import { pages, pageTenantDescription } from '../testing/pages/pages.js';
import { refusalOf } from '../testing/refusal.js';
import { World } from '../testing/world.js';
import { updateRow } from '../write.js';

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

describe('who may be named as the creator', () => {
  let member: UserPrincipal;
  let colleague: UserPrincipal;
  let pi: UserPrincipal;

  beforeAll(async () => {
    member = await world.addUser('member', { site: site.id });
    colleague = await world.addUser('colleague', { site: site.id });
    pi = await world.addUser('pi', { site: site.id });
    await world.onSlice(member, sliceId, 'access');
    await world.onSlice(colleague, sliceId, 'access');
    await world.onSite(pi, site.id, 'pi');
  });

  it('any slice privilege is enough for oneself', async () => {
    const tenant = await world.as(member).tenant({ provider: service.id });

    expect(tenant.creator.id).toBe(member.userId);
  });

  it('a member names nobody else', async () => {
    const refused = await refusalOf(world.as(member).tenant({ creator: colleague.userId }));

    expect(refused).toMatchObject({
      fields: { creatorId: [expect.stringContaining('Only an admin of slice')] },
    });
  });

  it("a PI of the slice's site acts, but needs a privilege to be the creator himself", async () => {
    const refused = await refusalOf(world.as(pi).tenant());
    const tenant = await world.as(pi).tenant({ creator: member.userId });

    expect(refused).toMatchObject({
      fields: { creatorId: [expect.stringContaining('no privileges on slice')] },
    });
    expect(tenant.creator.id).toBe(member.userId);
  });

  it('an installation admin qualifies anywhere', async () => {
    const other = await world.addUser('second-admin', { site: site.id, isAdmin: true });

    const tenant = await world.tenant({ creator: other.userId });

    expect(tenant.creator.id).toBe(other.userId);
  });

  it('the machine follows a new creator, because his keys open it', async () => {
    const tenant = await world.tenant();

    await updateRow(installation.as(), pageTenantDescription, {
      id: tenant.id,
      fill: fill({ creator: member.userId }),
    });

    expect(await instanceOf(tenant.id)).toMatchObject({ creator_id: member.userId, generation: 2 });
  });
});
