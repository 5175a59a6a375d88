import type { ComputeDriver, Machine, MachineSpec } from '../driver.js';
import type { CreateContext } from './create-machine.js';
import { createMachine } from './create-machine.js';
import type { Ulimit } from './container-options.js';
import type { EngineAddress } from './engine-address.js';
import { openEngine } from './engine.js';
import { DEFAULT_DISK_FLOOR } from './free-space.js';
import { INSTANCE_IMAGE } from './image/image-store.js';
import { createImages, type Images } from './image/images.js';
import type { ProxySettings } from './image/host-settings.js';
import type { Log } from './log.js';
import { deleteMachine, listMachines, observeMachine, updateMachine } from './machines.js';
import { createNetworkGuard, type NetworkGuard } from './network-guard.js';
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
  const { context, images, guard } = openParts(options);
  const create = createOnce(context);
  return {
    readiness: async () => {
      const probe = await probeEngine(options.engine);
      return probe === 'answers'
        ? { ready: true }
        : { ready: false, reason: sentenceFor(options.engine, probe) };
    },
    observe: (name) => observeMachine(context, name),
    list: () => listMachines(context),
    create: (spec, { signal } = {}) => create(spec, signal),
    update: (spec) => updateMachine(context, spec, create),
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
    ensureImage: async (image, onProgress) => {
      await images.ensure(image, onProgress);
      // Called at start, so a reboot of the engine's host is made up for here, before any machine is asked for.
      const networks = await listNetworks(context);
      await Promise.all(networks.filter(({ role }) => role === 'nat').map(({ key }) => guard.put(key)));
    },
  };
}

interface Parts {
  context: CreateContext;
  images: Images;
  guard: NetworkGuard;
}

function openParts(options: DockerDriverOptions): Parts {
  const { installation, logger: log, diskFloor = DEFAULT_DISK_FLOOR } = options;
  const engine = openEngine(options.engine);
  const names = engineNames(installation);
  const place = { engine, names, installation };
  const images = createImages({
    engine,
    cacheDir: options.imageCacheDir,
    proxy: options.proxy ?? {},
    diskFloor,
    log,
  });
  const guard = createNetworkGuard({
    ...place,
    imageId: () => images.idOf(INSTANCE_IMAGE),
    subnetOf: async (key) => (await observeNetwork(place, key))?.subnet ?? null,
    log,
  });
  const context: CreateContext = {
    ...place,
    diskFloor,
    ulimits: options.ulimits,
    imageId: (image) => images.requireId(image),
    guardNetwork: (key) => guard.put(key),
  };
  return { context, images, guard };
}

/** Calls for the same machine at the same time share one creation, and the first one's signal. */
function createOnce(context: CreateContext): (spec: MachineSpec, signal?: AbortSignal) => Promise<Machine> {
  const creating = new Map<string, Promise<Machine>>();
  return (spec, signal) => {
    const running = creating.get(spec.name);
    if (running) return running;
    const creation = createMachine(context, spec, signal).finally(() => creating.delete(spec.name));
    creating.set(spec.name, creation);
    return creation;
  };
}
