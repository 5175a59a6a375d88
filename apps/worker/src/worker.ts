import { hostname } from 'node:os';

import type { ComputeDriver } from '@tenon/compute/driver';
import { createDockerDriver } from '@tenon/compute/docker/docker-driver';
import { findEngine } from '@tenon/compute/docker/find-engine';
import { pickNatSubnet } from '@tenon/compute/docker/pick-subnet';
import { Installation } from '@tenon/model/entities/installation';
import { createOrm } from '@tenon/model/orm';
import { forPrincipal, SYSTEM } from '@tenon/model/principal';
import { backgroundImages } from '@tenon/reconciler/background-images';
import type { ObjectKey } from '@tenon/reconciler/object-key';
import type { Ports } from '@tenon/reconciler/ports';
import { type Reconciled, reconcile } from '@tenon/reconciler/reconcile';
import { createRunLog } from '@tenon/reconciler/store/run-log';
import { createNatSubnetStore } from '@tenon/reconciler/store/networks';
import { createStore } from '@tenon/reconciler/store';
import { createSweepStore } from '@tenon/reconciler/store/sweep-store';
import type { ServicePackage } from '@tenon/service-kit/define-service';
import { loadServices } from '@tenon/services/load';
import type { Logger } from 'pino';

import type { Config } from './config.js';
import { createConfigurator } from './configurator.js';
import { lateDriver } from './engine.js';
import { claimNatNetwork } from './nat-network.js';
import { onceInAWhile } from './once-in-a-while.js';
import { openQueues, SWEEP_NAMES } from './queues.js';
import { keyPairMaker } from './service-key.js';
import { createSweeps, type Sweeps } from './sweep.js';

/** A third of it passes between two renewals; a killed worker's objects are free after it. */
const LEASE_MS = 10_000;

export interface Worker {
  /** Names it in leases. */
  id: string;
  /** Interrupts what is running, gives every lease back, and closes all connections. Once; later calls wait for the first. */
  stop(): Promise<void>;
}

type Orm = Awaited<ReturnType<typeof createOrm>>;

/** Starts a worker. Several may run at once. Throws when the database cannot be reached or has no tables. */
export async function startWorker(config: Config, logger: Logger): Promise<Worker> {
  const id = `${hostname()}-${process.pid}`;
  const services = await loadServices();
  const orm = await createOrm(
    { databaseUrl: config.databaseUrl, secretKey: config.secretKey },
    services.map(modelOf),
  );
  const compute = lateDriver(await driverFinder(config, orm, logger), () => performance.now());
  const configurator = createConfigurator(config.playbooksDir, () => performance.now());
  const queues = openQueues(config, logger);
  const ports: Ports = {
    store: createStore(orm, services),
    compute,
    images: backgroundImages(compute, () => performance.now()),
    configurator,
    runs: createRunLog(orm),
    sendHints: queues.sendHints,
    makeKeyPair: keyPairMaker(config.serviceKeyFile),
    random: Math.random,
    workerId: id,
    leaseMs: LEASE_MS,
  };
  const sweeps = quietly(
    createSweeps(createSweepStore(orm, playbookOf(services)), ports, compute, logger),
    logger,
  );
  // Before anybody is told that the worker is ready: the first slice takes its addresses from the network chosen here.
  await compute.readiness();
  const stopping = new AbortController();
  await queues.start({ reconcile: jobOf(ports, stopping.signal, logger), sweep: sweeps });
  // The schedule's first turn may be seconds away; readiness and what happened while no worker ran should not wait for it.
  for (const name of SWEEP_NAMES) void sweeps(name);
  const stop = async () => {
    stopping.abort();
    await queues.close();
    await configurator.close();
    await orm.close();
  };
  let stopped: Promise<void> | null = null;
  return { id, stop: () => (stopped ??= stop()) };
}

/** One job: reconcile, and say in one line what came of it. A store that is away is complained of, not thrown. */
function jobOf(ports: Ports, stopping: AbortSignal, logger: Logger): (key: ObjectKey) => Promise<void> {
  const complain = onceInAWhile((error) =>
    logger.warn({ err: error }, 'cannot reconcile; the sweep finds it again'),
  );
  return async (key) => {
    const startedAt = performance.now();
    try {
      const result = await reconcile(key, ports, stopping);
      const durationMs = Math.round(performance.now() - startedAt);
      const level = result.kind === 'idle' ? 'debug' : 'info';
      logger[level]({ key, outcome: result.kind, durationMs, ...sentenceOf(result) }, 'reconciled');
    } catch (error) {
      complain(toError(error));
    }
  };
}

/** The same for a sweep: the next one comes in seconds. */
function quietly(sweeps: Sweeps, logger: Logger): Sweeps {
  const complain = onceInAWhile((error) =>
    logger.warn({ err: error }, 'a sweep failed; the next one tries again'),
  );
  return (name) => sweeps(name).catch((error: unknown) => complain(toError(error)));
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The words of an outcome. */
function sentenceOf(result: Reconciled): { why?: string } {
  switch (result.kind) {
    case 'idle':
      return { why: result.why };
    case 'waiting':
    case 'blocked':
      return { why: result.reason };
    case 'failed':
      return { why: result.cause };
    case 'synced':
    case 'gone':
      return {};
  }
}

async function driverFinder(config: Config, orm: Orm, logger: Logger) {
  const installation = await forPrincipal(orm, SYSTEM).findOne(Installation, 1);
  if (installation === null) {
    throw new Error(
      'cannot start: the database holds no installation; run the migration first (npm start does)',
    );
  }
  const { uuid } = installation;
  return async (): Promise<ComputeDriver | { missing: string }> => {
    const engine = await findEngine(config.engine);
    if ('missing' in engine) return engine;
    logger.info({ engine: engine.name }, 'found the container engine');
    const { imageCacheDir, proxy } = config;
    const driver = createDockerDriver({ installation: uuid, engine, imageCacheDir, proxy, logger });
    const store = createNatSubnetStore(orm);
    const pick = () => pickNatSubnet({ engine, installation: uuid });
    await claimNatNetwork({ store, driver, pick, logger }).catch((error: unknown) => {
      // The slices will say so themselves, each time they try.
      logger.error({ err: error }, 'cannot make the nat network');
    });
    return driver;
  };
}

function modelOf(service: ServicePackage) {
  return {
    name: service.name,
    entities: [service.service, service.tenant],
    migrationsPath: service.migrationsPath,
  };
}

function playbookOf(services: readonly ServicePackage[]): (kind: string) => string {
  return (kind) => services.find((service) => service.kind === kind)?.sync.playbook ?? '';
}
