import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseDockerHost, socketAddress, type EngineAddress, type EngineTls } from './engine-address.js';
import { probeEngine, sentenceFor, type Probe } from './probe-engine.js';

/** What the environment says about engines; a `config.ts` reads it. */
export interface EngineHints {
  /** DOCKER_HOST. When it is set nothing else is tried: somebody chose. */
  dockerHost?: string | undefined;
  /** TENON_ENGINE_SOCKET: an engine that our own start script started. */
  engineSocket?: string | undefined;
  /** XDG_RUNTIME_DIR: where rootless engines have their socket. @default /run/user/<uid> */
  runtimeDir?: string | undefined;
  /** The files of DOCKER_CERT_PATH, for `tcp://`. */
  tls?: EngineTls | undefined;
}

/** No engine can be used; one sentence that says what to do. */
export interface MissingEngine {
  missing: string;
}

/**
 * Finds a container engine that answers: DOCKER_HOST, TENON_ENGINE_SOCKET, Docker's sockets, Podman's sockets.
 * Touches nothing; at most 3 s per socket that does not answer. Never throws.
 */
export async function findEngine(hints: EngineHints): Promise<EngineAddress | MissingEngine> {
  if (hints.dockerHost !== undefined && hints.dockerHost !== '')
    return chosenEngine(hints.dockerHost, hints.tls);
  let nearest: { address: EngineAddress; probe: Probe } | undefined;
  for (const path of socketPaths(hints)) {
    const address = socketAddress(path);
    const probe = await probeEngine(address);
    if (probe === 'answers') return address;
    // "No permission" is the likeliest thing to be put right, then an engine that is down; a missing file says nothing.
    if (probe === 'denied' && nearest?.probe !== 'denied') nearest = { address, probe };
    if (probe === 'silent') nearest ??= { address, probe };
  }
  if (nearest) return { missing: sentenceFor(nearest.address, nearest.probe) };
  return {
    missing:
      'No container engine was found; install one (Debian and Ubuntu: sudo apt-get install docker.io, or: sudo apt-get install podman), or set DOCKER_HOST.',
  };
}

async function chosenEngine(dockerHost: string, tls?: EngineTls): Promise<EngineAddress | MissingEngine> {
  const address = parseDockerHost(dockerHost, tls);
  if ('problem' in address) return { missing: `${address.problem}.` };
  const probe = await probeEngine(address);
  return probe === 'answers' ? address : { missing: sentenceFor(address, probe) };
}

function socketPaths(hints: EngineHints): string[] {
  if (process.platform === 'win32') return ['//./pipe/docker_engine', '//./pipe/podman-machine-default'];
  const home = homedir();
  const runtime = hints.runtimeDir ?? `/run/user/${process.getuid?.() ?? 0}`;
  const paths = [
    hints.engineSocket ?? '',
    '/var/run/docker.sock',
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    join(runtime, 'docker.sock'),
    join(home, '.colima/default/docker.sock'),
    '/run/podman/podman.sock',
    join(runtime, 'podman/podman.sock'),
    join(home, '.local/share/containers/podman/machine/podman.sock'),
  ];
  return paths.filter((path) => path !== '');
}
