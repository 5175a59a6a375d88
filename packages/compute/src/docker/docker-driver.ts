import type { ComputeDriver, Machine } from '../driver.js';
import type { CreateContext } from './create-machine.js';
import { createMachine } from './create-machine.js';
import type { Ulimit } from './container-options.js';
import type { EngineAddress } from './engine-address.js';
import { openEngine } from './engine.js';
import { DEFAULT_DISK_FLOOR } from './free-space.js';
import { INSTANCE_IMAGE } from './image/image-store.js';
import { createImages } from './image/images.js';
import type { ProxySettings } from './image/host-settings.js';
import type { Log } from './log.js';
import { deleteMachine, listMachines, observeMachine, updateMachine } from './machines.js';
import { createMetadataGuard } from './metadata-guard.js';
import { engineNames } from './names.js';
import { createNetwork, deleteNetwork, listNetworks, observeNetwork } from './networks.js';
import { probeEngine, sentenceFor } from './probe-engine.js';

/** What a docker driver is made from. */
export interface DockerDriverOptions {
  /** UUID of the installation: part of every name and label. */
  installation: string;
  /** Where the engine is (`findEngine`). */
  engine: EngineAddress;
  /** Folder for what an image is built from; made when missing, may be emptied, may be shared by installations. */
  imageCacheDir: string;
  /** http_proxy and companions of this host, for the image. @default none */
  proxy?: ProxySettings;
  /** Free bytes below which nothing is made. @default 2 GiB */
  diskFloor?: number;
  /** Limits of every machine instead of those chosen for the kind of engine. */
  ulimits?: readonly Ulimit[];
  /** @default silent */
  logger?: Log;
}

/** Machines as containers of a Docker or Podman engine. Opens nothing until the first verb. */
export function createDockerDriver(options: DockerDriverOptions): ComputeDriver {
  const engine = openEngine(options.engine);
  const names = engineNames(options.installation);
  const diskFloor = options.diskFloor ?? DEFAULT_DISK_FLOOR;
  const images = createImages({
    engine,
    cacheDir: options.imageCacheDir,
    proxy: options.proxy ?? {},
    diskFloor,
    log: options.logger,
  });
  const guard = createMetadataGuard({
    engine,
    names,
    installation: options.installation,
    imageId: () => images.idOf(INSTANCE_IMAGE),
    log: options.logger,
  });
  const context: CreateContext = {
    engine,
    names,
    installation: options.installation,
    diskFloor,
    ulimits: options.ulimits,
    imageId: (image) => images.requireId(image),
    guardNetwork: (key) => guard.put(key),
  };
  const creating = new Map<string, Promise<Machine>>();

  const driver: ComputeDriver = {
    readiness: async () => {
      const probe = await probeEngine(options.engine);
      return probe === 'answers'
        ? { ready: true }
        : { ready: false, reason: sentenceFor(options.engine, probe) };
    },
    observe: (name) => observeMachine(context, name),
    list: () => listMachines(context),
    create: (spec, { signal } = {}) => {
      const running = creating.get(spec.name);
      if (running) return running;
      const creation = createMachine(context, spec, signal).finally(() => creating.delete(spec.name));
      creating.set(spec.name, creation);
      return creation;
    },
    update: (spec) => updateMachine(context, spec, (halfMade) => driver.create(halfMade)),
    delete: (name) => deleteMachine(context, name),
    observeNetwork: (key) => observeNetwork(context, key),
    createNetwork: (spec) => createNetwork(context, spec),
    deleteNetwork: async (key) => {
      const network = await observeNetwork(context, key);
      await deleteNetwork(context, key);
      if (network?.role === 'nat') await guard.remove(key);
    },
    listNetworks: () => listNetworks(context),
    imageReadiness: (image) => images.readiness(image),
    ensureImage: (image, onProgress) => images.ensure(image, onProgress),
  };
  return driver;
}
