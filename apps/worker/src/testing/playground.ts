import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { createDockerDriver } from '@tenon/compute/docker/docker-driver';
import { socketAddress } from '@tenon/compute/docker/engine-address';
import type { ComputeDriver } from '@tenon/compute/driver';
import { readTestConfig } from '@tenon/compute/testing/config';
import { testEngine } from '@tenon/compute/testing/engine';
import { createTestInstallation, type TestInstallation } from '@tenon/model/testing/installation';
import type { ServicePackage } from '@tenon/service-kit/define-service';
import { loadServices } from '@tenon/services/load';
import { pino } from 'pino';

import type { Config } from '../config.js';
import { startWorker, type Worker } from '../worker.js';
import { PAGE } from './tenant.js';

const playbook = (suffix: string) => `---
- hosts: all
  become: yes
  gather_facts: no
  tasks:
    - name: a folder for the page
      file:
        path: ${dirname(PAGE)}
        state: directory
    - name: the page
      copy:
        content: "{{ tenant_message }}${suffix}\\n"
        dest: ${PAGE}
`;

/** A real database, a real engine and a playbook, and as many workers as a test starts. */
export interface Playground {
  installation: TestInstallation;
  example: ServicePackage;
  driver: ComputeDriver;
  /** Starts a worker; all that are left are stopped at the end. */
  startWorker(): Promise<Worker>;
  /** Names of the machines that the engine has for this installation. */
  machines(): Promise<string[]>;
  /** Changes the playbook: the page is the message, and this after it. */
  editPlaybook(suffix: string): Promise<void>;
  /** Stops workers, removes machines and networks, database and files. */
  close(): Promise<void>;
}

export async function createPlayground(): Promise<Playground> {
  const services = await loadServices();
  const [example] = services;
  if (example === undefined) throw new Error('there is no service to try');
  const models = services.map(({ name, service, tenant, migrationsPath }) => ({
    name,
    entities: [service, tenant],
    migrationsPath,
  }));
  const [installation, engine] = await Promise.all([createTestInstallation(models), testEngine()]);
  const { imageCacheDir } = readTestConfig();
  const [row] = await installation.sql<{ uuid: string }>('select uuid from installation');
  const driver = createDockerDriver({
    installation: row?.uuid ?? '',
    engine: socketAddress(engine.socket),
    imageCacheDir,
  });
  const folder = await mkdtemp(join(tmpdir(), 'tenon-worker-'));
  const editPlaybook = (suffix: string) => writeFile(join(folder, example.sync.playbook), playbook(suffix));
  await editPlaybook('');
  const config: Config = {
    databaseUrl: String(installation.orm.config.get('clientUrl')),
    redisUrl: null,
    secretKey: Buffer.alloc(32, 7),
    playbooksDir: folder,
    imageCacheDir,
    serviceKeyFile: null,
    engine: { dockerHost: undefined, engineSocket: engine.socket, runtimeDir: undefined, tls: undefined },
    proxy: {},
    logLevel: 'silent',
  };
  const workers: Worker[] = [];
  return {
    installation,
    example,
    driver,
    startWorker: async () => {
      const worker = await startWorker(config, pino({ level: 'silent' }));
      workers.push(worker);
      return worker;
    },
    machines: async () => (await driver.list()).map(({ name }) => name).toSorted(),
    editPlaybook,
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      for (const { name } of await driver.list()) await driver.delete(name);
      for (const { key } of await driver.listNetworks()) await driver.deleteNetwork(key);
      await installation.close();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
