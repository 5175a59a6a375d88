import type Docker from 'dockerode';
import type { Engine } from './engine.js';
import { asking } from './engine-errors.js';
import { hostSubnets, type UsedSubnet } from './host-network.js';
import { label } from './labels.js';
import { overlap, parseSubnet, parseSubnets } from './subnets.js';

/**
 * Subnets that a new network must not overlap: those of the engine's networks and, where the engine's bridges are
 * interfaces of this host, of its interfaces and routes.
 * @param except installation whose own networks do not count (for choosing again what it has already)
 */
export async function usedSubnets(engine: Engine, except?: string): Promise<UsedSubnet[]> {
  const networks = await asking('list the engine’s networks', () => engine.client.listNetworks());
  const own = networks.filter(
    (network) => except !== undefined && network.Labels?.[label.installation] === except,
  );
  const ofEngine = networks.filter((network) => !own.includes(network)).flatMap(subnetsOf);
  if (!(await engine.traits()).sharesHostNetwork) return ofEngine;
  const ownSubnets = parseSubnets(own.flatMap(subnetsOf).map(({ cidr }) => cidr));
  const ofHost = (await hostSubnets()).filter(({ cidr }) => {
    const subnet = parseSubnet(cidr);
    return (
      subnet !== null &&
      !ownSubnets.some((mine) => mine.first === subnet.first && mine.prefix === subnet.prefix)
    );
  });
  return [...ofEngine, ...ofHost];
}

/** The first use that overlaps, or undefined when the subnet is free. */
export function clashWith(cidr: string, used: readonly UsedSubnet[]): UsedSubnet | undefined {
  const wanted = parseSubnet(cidr);
  if (wanted === null) return undefined;
  return used.find((use) => {
    const taken = parseSubnet(use.cidr);
    return taken !== null && overlap(wanted, taken);
  });
}

function subnetsOf(network: Docker.NetworkInspectInfo): UsedSubnet[] {
  const configs = network.IPAM?.Config ?? [];
  return configs.flatMap(({ Subnet }) =>
    Subnet ? [{ cidr: Subnet, by: `the engine’s network ${network.Name}` }] : [],
  );
}
