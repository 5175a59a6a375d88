import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bootstrap } from '@tenon/model/bootstrap';
import { migrate } from '@tenon/model/migrate';
import { createOrm } from '@tenon/model/orm';
import { createTestDatabase } from '@tenon/model/testing/database';
import { loadServices } from '@tenon/services/load';
import { pino } from 'pino';

import type { App } from '../app.js';
import type { Config } from '../config.js';
import { ADMIN_EMAIL } from '../config.js';
import { hashPassword } from '../login/passwords.js';
import { serviceModels } from '../service-models.js';
import { startApi } from '../start.js';
import { copyAdminPassword } from './copy-admin-password.js';
import { TestClient } from './test-client.js';

/** The password of the bootstrap's administrator, and of everybody whom {@link TestApi.addUser} adds. */
export const PASSWORD = 'letmein';

/** A whole api on a database of its own, on a free port. */
export interface TestApi {
  app: App;
  url: string;
  databaseUrl: string;
  /** Somebody who is not signed in. */
  anonymous(): TestClient;
  /** Somebody who is signed in; the administrator without an email. */
  signIn(email?: string): Promise<TestClient>;
  /** Adds a user at the bootstrap's site and signs in as him. */
  addUser(email: string, values?: Record<string, unknown>): Promise<TestClient & { id: number }>;
  stop: () => Promise<void>;
}

/** Starts an api for one test file. */
export async function startTestApi(changes: Partial<Config> = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const config = await testConfig(database.url, changes);
  await prepare(config);
  const discard = async (): Promise<void> => {
    await database.drop();
    await rm(config.adminDir, { recursive: true, force: true });
  };
  const { app, url, stop } = await startApi(config, pino({ level: 'silent' })).catch(
    async (error: unknown) => {
      await discard();
      throw error;
    },
  );
  const signIn = async (email = ADMIN_EMAIL): Promise<TestClient> => {
    const client = new TestClient(url);
    await client.ask('mutation ($email: String!) { login(email: $email, password: "letmein") { id } }', {
      email,
    });
    return client;
  };
  return {
    app,
    url,
    databaseUrl: database.url,
    anonymous: () => new TestClient(url),
    signIn,
    async addUser(email, values = {}) {
      const admin = await signIn();
      const { createUser } = await admin.ask<{ createUser: { id: number } }>(
        'mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }',
        { input: { email, firstname: 'A', lastname: 'B', siteId: 1, ...values } },
      );
      await copyAdminPassword(app, createUser.id);
      return Object.assign(await signIn(email), { id: createUser.id });
    },
    async stop() {
      await stop();
      await discard();
    },
  };
}

async function testConfig(databaseUrl: string, changes: Partial<Config>): Promise<Config> {
  const adminDir = await mkdtemp(join(tmpdir(), 'tenon-api-test-'));
  await writeFile(join(adminDir, 'index.html'), '<title>Tenon</title>');
  return {
    databaseUrl,
    redisUrl: null,
    secretKey: Buffer.alloc(32, 7),
    host: '127.0.0.1',
    port: 0,
    origins: [],
    embedded: true,
    playbooksDir: adminDir,
    adminDir,
    logLevel: 'silent',
    version: '0.0.0-test',
    ...changes,
  };
}

async function prepare({ databaseUrl, secretKey }: Config): Promise<void> {
  const services = serviceModels(await loadServices());
  const orm = await createOrm({ databaseUrl, secretKey, poolMax: 2 }, services);
  await migrate(orm, services);
  await bootstrap(orm, {
    adminEmail: ADMIN_EMAIL,
    adminPasswordHash: await hashPassword(PASSWORD),
    mustChangePassword: true,
    publicKeys: [],
    deploymentSettings: { natSubnet: '10.11.0.0/16', privatePool: '10.0.0.0/16' },
  });
  await orm.close();
}
