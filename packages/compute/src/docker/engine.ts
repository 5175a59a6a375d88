import type Docker from 'dockerode';
import { engineClient } from './engine-client.js';
import { isLocal, type EngineAddress } from './engine-address.js';
import { asking } from './engine-errors.js';

/** An engine with what has to be known about it. */
export interface Engine {
  address: EngineAddress;
  client: Docker;
  /** Asked once, then remembered: it does not change while an address stays the same. Throws `unavailable`. */
  traits(): Promise<EngineTraits>;
}

/** What differs between engines and matters to us. */
export interface EngineTraits {
  kind: 'docker' | 'podman';
  /**
   * How machines are dialled: at their own address, or at ports published on `publishOn` where the engine's
   * bridges are out of reach (Docker Desktop and rootless engines keep them in a namespace or a virtual machine).
   */
  reach: { by: 'address' } | { by: 'port'; publishOn: string; dial: string };
  /** Whether the bridges are interfaces of this host, so that its interfaces and routes matter. */
  sharesHostNetwork: boolean;
  /** Processors of the engine's host. */
  cpus: number;
  /** The engine's data folder when it is one of this host, else null. */
  dataRoot: string | null;
}

/** Opens an engine; nothing is asked yet. */
export function openEngine(address: EngineAddress): Engine {
  const client = engineClient(address);
  let known: Promise<EngineTraits> | undefined;
  return {
    address,
    client,
    traits: () => {
      known ??= readTraits(client, address).catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  };
}

/** The part of `docker info` that is read here; Podman leaves some of it out. */
interface EngineInfo {
  OperatingSystem?: string;
  DockerRootDir?: string;
  NCPU?: number;
  SecurityOptions?: string[] | null;
}

async function readTraits(client: Docker, address: EngineAddress): Promise<EngineTraits> {
  const [version, info] = await asking('use the container engine', () =>
    Promise.all([client.version(), client.info() as Promise<EngineInfo>]),
  );
  const local = isLocal(address);
  const desktop = isDesktop(info);
  const sharesHostNetwork = local && !desktop && !isRootless(info);
  return {
    kind: isPodman(version) ? 'podman' : 'docker',
    reach: sharesHostNetwork ? { by: 'address' } : publishedPorts(address),
    sharesHostNetwork,
    cpus: info.NCPU ?? Infinity,
    dataRoot: local && !desktop ? (info.DockerRootDir ?? null) : null,
  };
}

function publishedPorts(address: EngineAddress): EngineTraits['reach'] {
  // An engine elsewhere is reached at its own address, so its machines must be too.
  const publishOn = isLocal(address) ? '127.0.0.1' : '0.0.0.0';
  return { by: 'port', publishOn, dial: address.tcp?.host ?? '127.0.0.1' };
}

function isDesktop(info: EngineInfo): boolean {
  return process.platform !== 'linux' || (info.OperatingSystem ?? '').includes('Docker Desktop');
}

function isRootless(info: EngineInfo): boolean {
  return (info.SecurityOptions ?? []).some((option) => option.includes('rootless'));
}

function isPodman(version: { Components?: { Name: string }[] }): boolean {
  return (version.Components ?? []).some((component) => component.Name.includes('Podman'));
}
