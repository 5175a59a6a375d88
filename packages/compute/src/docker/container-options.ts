import type Docker from 'dockerode';
import type { MachineSpec } from '../driver.js';
import type { EngineTraits } from './engine.js';
import { label } from './labels.js';
import { hostName, type EngineNames } from './names.js';

const MIB = 1024 ** 2;
const DEFAULT_PIDS = 512;

/**
 * Enough for sshd, sudo, apt and services; not NET_RAW (forged packets), NET_ADMIN, SYS_ADMIN or MKNOD. FSETID is
 * needed by packages with set-group-id folders: without it the kernel drops the bit silently.
 */
const CAPABILITIES =
  'CHOWN DAC_OVERRIDE FOWNER FSETID SETUID SETGID SYS_CHROOT KILL NET_BIND_SERVICE AUDIT_WRITE'.split(' ');

/** A limit as `ulimit` knows it. */
export interface Ulimit {
  Name: string;
  Soft: number;
  Hard: number;
}

/** What a container is made from. */
interface ContainerPlan {
  spec: MachineSpec;
  imageId: string;
  hostKey: string;
  installation: string;
  names: EngineNames;
  traits: EngineTraits;
  ulimits: readonly Ulimit[] | undefined;
}

/** The engine's words for a machine. Only its first network is in here; the others are connected before the first start. */
export function containerOptions(plan: ContainerPlan): Docker.ContainerCreateOptions {
  const { spec, names, traits } = plan;
  const [network] = spec.networks;
  const memory = spec.flavor.memoryMib * MIB;
  return {
    name: names.container(spec.name),
    Hostname: hostName(spec.name),
    Image: plan.imageId,
    Labels: labelsOf(plan),
    ...(traits.reach.by === 'port' ? { ExposedPorts: { '22/tcp': {}, '80/tcp': {} } } : {}),
    HostConfig: {
      Init: true,
      RestartPolicy: { Name: 'unless-stopped' },
      CapDrop: ['ALL'],
      CapAdd: CAPABILITIES,
      Memory: memory,
      // Without this a machine may use as much swap again. Podman refuses it where swap is not accounted for.
      ...(traits.kind === 'docker' ? { MemorySwap: memory } : {}),
      NanoCpus: Math.round(Math.min(spec.flavor.cpus, traits.cpus) * 1e9), // more than there are is refused
      PidsLimit: spec.flavor.pids ?? DEFAULT_PIDS,
      Ulimits: [...(plan.ulimits ?? defaultUlimits(traits))],
      // Docker switches IPv6 off by itself; over Podman's link-local addresses machines would reach each other.
      ...(traits.kind === 'podman' ? { Sysctls: { 'net.ipv6.conf.all.disable_ipv6': '1' } } : {}),
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
      ...(network ? { NetworkMode: names.network(network.key) } : {}),
      ...(traits.reach.by === 'port' ? { PortBindings: published(traits.reach.publishOn) } : {}),
    },
    ...(network
      ? { NetworkingConfig: { EndpointsConfig: { [names.network(network.key)]: endpoint(network.address) } } }
      : {}),
  };
}

/**
 * How a machine sits on a network. Its hardware address follows from its IP address, as Docker does by itself: Podman
 * takes another one at every start, and the host then talks to the former one for half a minute.
 */
export function endpoint(address: string): Docker.EndpointSettings {
  const bytes = address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
  return { IPAMConfig: { IPv4Address: address }, MacAddress: ['02', '42', ...bytes].join(':') };
}

function labelsOf({ spec, hostKey, installation }: ContainerPlan): Record<string, string> {
  return {
    [label.installation]: installation,
    [label.owner]: spec.owner,
    [label.name]: spec.name,
    [label.hostKey]: hostKey,
    [label.addresses]: spec.networks.map(({ address }) => address).join(','),
  };
}

/**
 * Engines hand down up to a billion open files, and programs that close them all one by one (apt among them) then hang.
 * Podman sets limits itself and fails without CAP_SYS_RESOURCE when they are above its own, so it gets both.
 */
function defaultUlimits(traits: EngineTraits): Ulimit[] {
  const files = { Name: 'nofile', Soft: 1024, Hard: 16384 };
  return traits.kind === 'podman' ? [files, { Name: 'nproc', Soft: 16384, Hard: 16384 }] : [files];
}

function published(hostIp: string): Record<string, { HostIp: string; HostPort: string }[]> {
  const anyPort = [{ HostIp: hostIp, HostPort: '0' }];
  return { '22/tcp': anyPort, '80/tcp': anyPort };
}
