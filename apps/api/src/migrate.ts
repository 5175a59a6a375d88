import 'reflect-metadata';

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { bootstrap } from '@tenon/model/bootstrap';
import { migrate } from '@tenon/model/migrate';
import { createOrm } from '@tenon/model/orm';
import { loadServices } from '@tenon/services/load';

import type { BootstrapConfig, Config } from './config.js';
import { ADMIN_EMAIL, readBootstrapConfig, readConfig } from './config.js';
import { createLogger } from './logger.js';
import { hashPassword } from './login/passwords.js';
import { runProgram } from './run-program.js';
import { serviceModels } from './service-models.js';

// What the worker changes when these are taken on its host; it knows the host's networks, this program does not.
const NETWORKS = { natSubnet: '10.11.0.0/16', privatePool: '10.0.0.0/16' };

await runProgram('migrate', () => migrateAndBootstrap(readConfig(), readBootstrapConfig()));

/** Brings the database up to date and fills a new one with the bootstrap data. */
async function migrateAndBootstrap(
  { databaseUrl, secretKey, logLevel }: Config,
  first: BootstrapConfig,
): Promise<void> {
  const logger = createLogger('migrate', logLevel);
  const services = serviceModels(await loadServices());
  const orm = await createOrm({ databaseUrl, secretKey, poolMax: 2 }, services);
  try {
    const applied = await migrate(orm, services);
    const { uuid, isNew } = await bootstrap(orm, {
      adminEmail: ADMIN_EMAIL,
      adminPasswordHash: await hashPassword(first.adminPassword),
      mustChangePassword: first.isWellKnownPassword,
      publicKeys: await readPublicKeys(first.publicKeysDir),
      deploymentSettings: NETWORKS,
    });
    logger.info({ ready: true, applied, installation: uuid, isNew }, 'the database is up to date');
  } finally {
    await orm.close();
  }
}

/** The public keys in a folder, as the original took those of its operator; none when no such folder can be read. */
async function readPublicKeys(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'ENOENT' || code === 'EACCES') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.pub')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}
