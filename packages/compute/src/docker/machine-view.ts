import type Docker from 'dockerode';
import type { Machine } from '../driver.js';
import { installedKeysHash } from './authorized-keys.js';
import type { EngineTraits } from './engine.js';
import { label } from './labels.js';
import { sshAnswers } from './ssh-banner.js';

/** A boot takes a second; a machine that has run for this long is running whatever its sshd does. */
const BOOT_MS = 60_000;
/** A machine that is busy takes its time to answer; one taken for booting would be configured a second time. */
const GLANCE_MS = 3_000;

/** The container as a `Machine`. Reads the keys from it and, in its first minute, listens for its sshd. Throws `unavailable`. */
export async function machineView(
  client: Docker,
  inspected: Docker.ContainerInspectInfo,
  traits: EngineTraits,
): Promise<Machine> {
  const labels = inspected.Config.Labels;
  const addresses = addressesOf(inspected);
  const ssh = dialFor(inspected, 22, traits);
  const web = dialFor(inspected, 80, traits);
  return {
    name: labels[label.name] ?? '',
    owner: labels[label.owner] ?? '',
    incarnation: inspected.Id,
    state: await stateOf(inspected, ssh),
    hostKey: labels[label.hostKey] ?? '',
    ssh,
    reachableAt: `http://${web.host}${web.port === 80 ? '' : `:${web.port}`}/`,
    addresses,
    keysHash: await installedKeysHash(client.getContainer(inspected.Id), 'ubuntu'),
    createdAt: new Date(inspected.Created),
  };
}

/** A container that never ran is half-made: a crash came between its creation and the upload of its keys. */
export function isHalfMade(inspected: Docker.ContainerInspectInfo): boolean {
  return !inspected.State.Running && !(new Date(inspected.State.StartedAt).getTime() > 0);
}

async function stateOf(
  inspected: Docker.ContainerInspectInfo,
  ssh: { host: string; port: number },
): Promise<Machine['state']> {
  const { Running, Paused, Restarting, StartedAt } = inspected.State;
  if (Restarting) return 'starting';
  if (!Running || Paused) return 'stopped';
  if (Date.now() - new Date(StartedAt).getTime() > BOOT_MS) return 'running';
  return (await sshAnswers(ssh.host, ssh.port, GLANCE_MS)) ? 'running' : 'starting';
}

function addressesOf(inspected: Docker.ContainerInspectInfo): string[] {
  const chosen = (inspected.Config.Labels[label.addresses] ?? '')
    .split(',')
    .filter((address) => address !== '');
  if (!inspected.State.Running) return chosen;
  const found = Object.values(inspected.NetworkSettings.Networks).map((network) => network.IPAddress);
  const present = found.filter((address) => address !== '');
  return [
    ...chosen.filter((address) => present.includes(address)),
    ...present.filter((address) => !chosen.includes(address)),
  ];
}

function dialFor(
  inspected: Docker.ContainerInspectInfo,
  port: number,
  traits: EngineTraits,
): { host: string; port: number } {
  if (traits.reach.by === 'address') return { host: addressesOf(inspected)[0] ?? '', port };
  // The types know nothing of null, which is what a port that is exposed and not published has.
  const ports: Partial<Record<string, { HostPort: string }[] | null>> = inspected.NetworkSettings.Ports;
  return { host: traits.reach.dial, port: Number(ports[`${port}/tcp`]?.[0]?.HostPort ?? 0) };
}
