import type Docker from 'dockerode';
import type { Engine } from './engine.js';
import { asking, askingFor } from './engine-errors.js';
import { label } from './labels.js';
import type { Log } from './log.js';
import type { EngineNames } from './names.js';

/** Where clouds answer "who am I and what are my passwords" to whoever asks from inside. */
const LINK_LOCAL = '169.254.0.0/16';
/** Before the main routing table, after the table of the host's own addresses. */
const PRIORITY = 9254;

/** Keeps machines from the cloud metadata service of the engine's host. */
export interface MetadataGuard {
  /** Puts it up for a network, once. Never throws: where it cannot be put up that is logged. */
  put(key: string): Promise<void>;
  /** Takes it down after the network was deleted. Never throws. */
  remove(key: string): Promise<void>;
}

interface GuardOptions {
  engine: Engine;
  names: EngineNames;
  installation: string;
  /** Id of an image with a shell and iproute2; null when there is none. */
  imageId: () => Promise<string | null>;
  log: Log | undefined;
}

/**
 * A policy routing rule in the engine host's network: what comes from our bridge and wants to go to link-local
 * addresses is prohibited. It is put up by a container that lives for a moment with the host's network and NET_ADMIN:
 * nothing beyond the engine is needed, and on Docker Desktop it acts in the virtual machine, where it belongs.
 * Rejected: a route inside the machine (gone after a restart that its owner can cause), an interface with 169.254/16
 * (`curl --interface eth0` goes around it), rules in DOCKER-USER (iptables of two kinds). A reboot of the engine's host
 * drops the rule until this process starts again, which on one host is the same moment.
 */
export function createMetadataGuard({
  engine,
  names,
  installation,
  imageId,
  log,
}: GuardOptions): MetadataGuard {
  const standing = new Set<string>();
  const run = async (key: string, script: string): Promise<void> => {
    const image = await imageId();
    if (image === null) throw new Error('the instance image is not there');
    await runOnHost({ engine, installation, name: names.container(`guard-${key}`), image, script });
  };
  return {
    put: async (key) => {
      if (standing.has(key)) return;
      standing.add(key);
      const bridge = names.bridge(key);
      const script = `ip rule show | grep -q 'iif ${bridge} ' || ip rule add ${ruleFor(bridge)}`;
      await run(key, script).catch((error: unknown) => {
        log?.warn(
          { err: error, network: key },
          'machines on this network can reach link-local metadata addresses',
        );
      });
    },
    remove: async (key) => {
      standing.delete(key);
      await run(key, `ip rule del ${ruleFor(names.bridge(key))} || true`).catch((error: unknown) => {
        // The rule names a bridge that is gone: it matches nothing.
        log?.info({ err: error, network: key }, 'the rule against metadata addresses stays behind');
      });
    },
  };
}

function ruleFor(bridge: string): string {
  return `pref ${PRIORITY} iif ${bridge} to ${LINK_LOCAL} prohibit`;
}

interface HostCommand {
  engine: Engine;
  installation: string;
  name: string;
  image: string;
  script: string;
}

async function runOnHost({ engine, installation, name, image, script }: HostCommand): Promise<void> {
  const { client } = engine;
  const what = 'put up the rule against metadata addresses';
  const remove = (id: string): Promise<unknown> =>
    askingFor(what, null, () => client.getContainer(id).remove({ force: true }));
  await remove(name); // left by a crash
  const container: Docker.Container = await asking(what, () =>
    client.createContainer({
      name,
      Image: image,
      Cmd: ['/bin/sh', '-c', script],
      Labels: { [label.installation]: installation },
      HostConfig: { NetworkMode: 'host', CapDrop: ['ALL'], CapAdd: ['NET_ADMIN'] },
    }),
  );
  try {
    await asking(what, async () => {
      await container.start();
      const result = (await container.wait()) as { StatusCode: number };
      if (result.StatusCode !== 0) throw new Error(`ip rule ended with ${result.StatusCode}`);
    });
  } finally {
    await remove(container.id);
  }
}
