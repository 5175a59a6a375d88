import type Docker from 'dockerode';
import type { Machine, MachineSpec } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { archiveOf, type ArchiveFile } from './archive.js';
import { authorizedKeysFile } from './authorized-keys.js';
import { containerOptions, endpoint, type Ulimit } from './container-options.js';
import { booted } from './boot.js';
import { asking } from './engine-errors.js';
import { requireSpace } from './free-space.js';
import { createHostKey, type HostKey } from '../host-key.js';
import { isHalfMade } from './machine-view.js';
import {
  inspectMachine,
  isOurs,
  observeMachine,
  removeContainer,
  startContainer,
  viewMachine,
  type MachineContext,
} from './machines.js';
import { observeNetwork } from './networks.js';

/** What creation needs beyond the other verbs. */
export interface CreateContext extends MachineContext {
  diskFloor: number;
  ulimits: readonly Ulimit[] | undefined;
  /** Id of the image to use; throws `no-image`. */
  imageId(image: string): Promise<string>;
  /** Keeps the machines of a network from the engine host's metadata service; once for each network. */
  guardNetwork(key: string): Promise<void>;
}

/** See `ComputeDriver.create`. */
export async function createMachine(
  context: CreateContext,
  spec: MachineSpec,
  signal?: AbortSignal,
): Promise<Machine> {
  const what = `create machine ${spec.name}`;
  const existing = await inspectMachine(context, spec.name);
  if (existing !== null && !isOurs(context, existing)) {
    throw new DriverError(
      'refused',
      `cannot ${what}: the engine has a container ${existing.Name} that is not ours; remove it`,
      { retryable: false },
    );
  }
  if (existing !== null && !isHalfMade(existing)) return viewMachine(context, existing);
  if (existing !== null) await removeContainer(context, existing.Id, what);

  await requireSpace(what, (await context.engine.traits()).dataRoot, context.diskFloor);
  const imageId = await context.imageId(spec.image);
  await requireNetworks(context, spec, what);
  // The first network leads outside, the others lead nowhere.
  if (spec.networks[0]) await context.guardNetwork(spec.networks[0].key);
  signal?.throwIfAborted();
  await buildMachine(context, { spec, imageId, what }, signal);
  return booted(() => observeMachine(context, spec.name), what, signal);
}

async function requireNetworks(context: CreateContext, spec: MachineSpec, what: string): Promise<void> {
  for (const { key } of spec.networks) {
    if ((await observeNetwork(context, key)) !== null) continue;
    const text = `cannot ${what}: there is no network ${key}; create it first`;
    throw new DriverError('refused', text, { retryable: true });
  }
}

interface Build {
  spec: MachineSpec;
  imageId: string;
  what: string;
}

/** Container, networks, keys, first start: all of it or nothing. */
async function buildMachine(
  context: CreateContext,
  { spec, imageId, what }: Build,
  signal?: AbortSignal,
): Promise<void> {
  const { engine, names, installation, ulimits } = context;
  const hostKey = createHostKey();
  const traits = await engine.traits();
  const options = containerOptions({
    spec,
    imageId,
    hostKey: hostKey.publicKey,
    installation,
    names,
    traits,
    ulimits,
  });
  const container = await asking(what, () => engine.client.createContainer(options));
  try {
    await asking(what, async () => {
      for (const { key, address } of spec.networks.slice(1)) {
        await engine.client
          .getNetwork(names.network(key))
          .connect({ Container: container.id, EndpointConfig: endpoint(address) });
      }
      await uploadKeys(container, hostKey, spec);
      signal?.throwIfAborted();
      await startContainer(container);
    });
  } catch (error) {
    await removeContainer(context, container.id, what);
    throw error;
  }
}

async function uploadKeys(container: Docker.Container, hostKey: HostKey, spec: MachineSpec): Promise<void> {
  const files: ArchiveFile[] = [
    { path: '/etc/ssh/ssh_host_ed25519_key', content: hostKey.privateKey, mode: 0o600 },
    { path: '/etc/ssh/ssh_host_ed25519_key.pub', content: `${hostKey.publicKey}\n`, mode: 0o644 },
    authorizedKeysFile(spec.loginUser, spec.authorizedKeys),
  ];
  await container.putArchive(await archiveOf(files), { path: '/' });
}
