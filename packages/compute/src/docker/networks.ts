import type Docker from 'dockerode';
import type { NetworkSpec, ObservedNetwork } from '../driver.js';
import { DriverError } from '../driver-error.js';
import type { Engine } from './engine.js';
import { asking, askingFor, driverError } from './engine-errors.js';
import { outgoingMtu } from './host-network.js';
import { label } from './labels.js';
import type { EngineNames } from './names.js';
import { gatewayOf, parseSubnet, subnetText } from './subnets.js';
import { clashWith, usedSubnets } from './used-subnets.js';

/** What the network verbs work on. */
export interface NetworkContext {
  engine: Engine;
  installation: string;
  names: EngineNames;
}

/** See `ComputeDriver.observeNetwork`. */
export async function observeNetwork(context: NetworkContext, key: string): Promise<ObservedNetwork | null> {
  const network = await inspectNetwork(context, key);
  return network && isOurs(context, network) ? observed(network) : null;
}

/** See `ComputeDriver.listNetworks`. */
export async function listNetworks(context: NetworkContext): Promise<ObservedNetwork[]> {
  const filters = { label: [`${label.installation}=${context.installation}`] };
  const networks = await asking('list networks', () => context.engine.client.listNetworks({ filters }));
  return networks.filter((network) => isOurs(context, network)).map(observed);
}

/** See `ComputeDriver.createNetwork`. */
export async function createNetwork(context: NetworkContext, spec: NetworkSpec): Promise<void> {
  const what = `create network ${spec.key}`;
  const existing = await inspectNetwork(context, spec.key);
  if (existing === null) {
    await requireFree(context, spec, what);
    const options = await networkOptions(context, spec);
    try {
      await context.engine.client.createNetwork(options);
    } catch (error) {
      // Somebody else of this installation may have been faster: the same outcome.
      const faster = await inspectNetwork(context, spec.key);
      if (faster === null) throw driverError(what, error);
      accept(context, faster, spec);
    }
  } else {
    accept(context, existing, spec);
  }
}

async function requireFree(context: NetworkContext, spec: NetworkSpec, what: string): Promise<void> {
  const subnet = parseSubnet(spec.subnet);
  if (subnet === null || subnet.prefix > 29) {
    const why = `${spec.subnet} is no IPv4 subnet with room for machines; write one like 10.11.0.0/16`;
    throw new DriverError('refused', `cannot ${what}: ${why}`, { retryable: false });
  }
  const clash = clashWith(spec.subnet, await usedSubnets(context.engine));
  if (clash !== undefined) {
    const why = `${spec.subnet} overlaps ${clash.cidr} (${clash.by}); choose another subnet`;
    throw new DriverError('address-taken', `cannot ${what}: ${why}`, { retryable: true });
  }
}

async function networkOptions(
  { engine, names, installation }: NetworkContext,
  spec: NetworkSpec,
): Promise<Docker.NetworkCreateOptions> {
  const subnet = parseSubnet(spec.subnet);
  const mtu = (await engine.traits()).sharesHostNetwork ? await outgoingMtu() : null;
  return {
    Name: names.network(spec.key),
    CheckDuplicate: true,
    Driver: 'bridge',
    Internal: spec.role === 'private',
    IPAM: { Config: subnet ? [{ Subnet: subnetText(subnet), Gateway: gatewayOf(subnet) }] : [] },
    Options: {
      'com.docker.network.bridge.name': names.bridge(spec.key),
      'com.docker.network.bridge.enable_icc': String(spec.role === 'private'),
      ...(mtu !== null && mtu < 1500 ? { 'com.docker.network.driver.mtu': String(mtu) } : {}),
    },
    Labels: {
      [label.installation]: installation,
      [label.network]: spec.key,
      [label.role]: spec.role,
    },
  };
}

/** See `ComputeDriver.deleteNetwork`. */
export async function deleteNetwork(context: NetworkContext, key: string): Promise<void> {
  const network = await inspectNetwork(context, key);
  if (network === null || !isOurs(context, network)) return;
  const what = `delete network ${key}`;
  // Docker would remove a network from under stopped machines, Podman refuses: so both refuse.
  const filters = { network: [network.Id], label: [`${label.installation}=${context.installation}`] };
  const machines = await asking(what, () => context.engine.client.listContainers({ all: true, filters }));
  if (machines.length > 0) {
    const names = machines.map((machine) => machine.Labels[label.name] ?? machine.Id).join(', ');
    throw new DriverError('refused', `cannot ${what}: machines are on it (${names}); delete them first`, {
      retryable: true,
    });
  }
  await askingFor(what, undefined, () => context.engine.client.getNetwork(network.Id).remove());
}

async function inspectNetwork(
  context: NetworkContext,
  key: string,
): Promise<Docker.NetworkInspectInfo | null> {
  const name = context.names.network(key);
  return askingFor(`look at network ${key}`, null, async () => {
    const network = await context.engine.client.getNetwork(name).inspect();
    // The engine also finds networks by the beginning of their id.
    return network.Name === name ? network : null;
  });
}

function isOurs({ installation }: NetworkContext, network: Docker.NetworkInspectInfo): boolean {
  return network.Labels?.[label.installation] === installation && network.Labels[label.network] !== undefined;
}

/** An existing network is fine when it is ours and the same. */
function accept(context: NetworkContext, network: Docker.NetworkInspectInfo, spec: NetworkSpec): void {
  const what = `create network ${spec.key}`;
  if (!isOurs(context, network)) {
    throw new DriverError(
      'refused',
      `cannot ${what}: the engine has a network ${network.Name} that is not ours; remove it`,
      { retryable: false },
    );
  }
  const { subnet, role } = observed(network);
  if (subnet === spec.subnet && role === spec.role) return;
  throw new DriverError(
    'refused',
    `cannot ${what} as ${spec.role} ${spec.subnet}: it exists as ${role} ${subnet}; delete its machines and the network first`,
    { retryable: false },
  );
}

function observed(network: Docker.NetworkInspectInfo): ObservedNetwork {
  return {
    key: network.Labels?.[label.network] ?? '',
    id: network.Id,
    subnet: network.IPAM?.Config?.[0]?.Subnet ?? '',
    role: network.Labels?.[label.role] === 'private' ? 'private' : 'nat',
  };
}
