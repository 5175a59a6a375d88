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

/** Keeps the machines of a nat network from what is none of their business on the engine's host. */
export interface NetworkGuard {
  /** Puts it up for a network, once. Never throws: where it cannot be put up that is logged, and tried again next time. */
  put(key: string): Promise<void>;
  /** Takes it down after the network was deleted. Never throws. */
  remove(key: string): Promise<void>;
}

interface GuardOptions {
  engine: Engine;
  names: EngineNames;
  installation: string;
  /** Id of an image with a shell, iproute2 and nftables; null when there is none. */
  imageId: () => Promise<string | null>;
  /** Subnet of a network, null when there is none. */
  subnetOf: (key: string) => Promise<string | null>;
  log: Log | undefined;
}

/**
 * Two rules in the engine host's network, put up by a container that lives for a moment with that network and NET_ADMIN:
 * nothing beyond the engine is needed, and on Docker Desktop they act in the virtual machine, where they belong.
 *
 * 1. A policy routing rule: what comes from our bridge and wants to go to link-local addresses is prohibited.
 *    Rejected: a route inside the machine (gone after a restart that its owner can cause), an interface with 169.254/16
 *    (`curl --interface eth0` goes around it), rules in DOCKER-USER (iptables of two kinds).
 * 2. For Podman, which does not know enable_icc: nothing passes from one machine to another over the bridge.
 *
 * A reboot of the engine's host drops both; `ensureImage`, which is called at every start, puts them up again.
 */
export function createNetworkGuard({
  engine,
  names,
  installation,
  imageId,
  subnetOf,
  log,
}: GuardOptions): NetworkGuard {
  const standing = new Set<string>();
  const run = async (key: string, script: string): Promise<void> => {
    const image = await imageId();
    if (image === null) throw new Error('the instance image is not there');
    await runOnHost({ engine, installation, name: names.container(`guard-${key}`), image, script });
  };
  return {
    put: async (key) => {
      if (standing.has(key)) return;
      try {
        const podman = (await engine.traits()).kind === 'podman';
        await run(key, putUp(names.bridge(key), podman ? await subnetOf(key) : null));
        standing.add(key);
      } catch (error) {
        const text = 'machines on this network may reach each other and link-local metadata addresses';
        log?.warn({ err: error, network: key }, text);
      }
    },
    remove: async (key) => {
      standing.delete(key);
      await run(key, takeDown(names.bridge(key))).catch((error: unknown) => {
        // The rules name a bridge that is gone: they match nothing.
        log?.info({ err: error, network: key }, 'rules for a deleted network stay behind');
      });
    },
  };
}

function putUp(bridge: string, isolated: string | null): string {
  const rule = `ip rule show | grep -q 'iif ${bridge} ' || ip rule add ${ruleFor(bridge)}`;
  if (isolated === null) return rule;
  // Only frames from one port of a bridge to another come by here. (By `ibrname` would be shorter; not every kernel has it.)
  const drop = `ip saddr ${isolated} ip daddr ${isolated} drop`;
  const chain = `chain forward { type filter hook forward priority 0; policy accept; ${drop}; };`;
  return `${rule}; nft list table bridge ${bridge} >/dev/null 2>&1 || nft 'table bridge ${bridge} { ${chain} }'`;
}

function takeDown(bridge: string): string {
  return `ip rule del ${ruleFor(bridge)}; nft delete table bridge ${bridge}; true`;
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
  const what = 'put up the guard of a network';
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
      if (result.StatusCode !== 0) throw new Error(`the guard's script ended with ${result.StatusCode}`);
    });
  } finally {
    await remove(container.id);
  }
}
