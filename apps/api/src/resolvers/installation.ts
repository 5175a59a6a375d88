import { readdir } from 'node:fs/promises';

import { askerOf } from '@tenon/graphql/context';
import { Deployment } from '@tenon/model/entities/deployment';
import { Installation } from '@tenon/model/entities/installation';
import { User } from '@tenon/model/entities/user';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';
import { Ctx, Query, Resolver } from 'type-graphql';

import { ADMIN_EMAIL } from '../config.js';
import type { ApiContext } from '../context.js';
import { InstallationType } from './installation-type.js';

/** Answers what this installation is. */
@Resolver()
export class InstallationResolver {
  @Query(() => InstallationType, { description: 'This installation.' })
  async installation(@Ctx() context: ApiContext) {
    askerOf(context);
    const { app } = context;
    const em = forPrincipal(app.orm, SYSTEM);
    const installation = await em.findOneOrFail(Installation, { id: 1 });
    const deployment = await em.findOne(Deployment, { isDefault: true });
    const admin = await em.findOne(User, { email: ADMIN_EMAIL });
    return {
      id: installation.uuid,
      version: app.config.version,
      embedded: app.config.embedded,
      defaultPassword: app.config.embedded && admin?.mustChangePassword === true,
      engine: engineOf(installation),
      natSubnet: deployment?.settings.natSubnet ?? null,
      playbooks: await listPlaybooks(app.config.playbooksDir),
      services: app.services.map(({ service, tenant, ...kind }) => ({
        ...kind,
        serviceType: service.name,
        tenantType: tenant.name,
      })),
    };
  }
}

async function listPlaybooks(folder: string): Promise<string[]> {
  const files = await readdir(folder, { withFileTypes: true });
  return files
    .filter((file) => file.isFile() && /\.ya?ml$/.test(file.name))
    .map((file) => file.name)
    .sort();
}

function engineOf({ engineReady: ready, engineReason }: Installation): {
  ready: boolean;
  reason: string | null;
} {
  return {
    ready,
    reason: ready ? null : (engineReason ?? 'The worker has not looked for a container engine yet.'),
  };
}
