import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';

/** A subnet in use on this host, and by what. */
export interface UsedSubnet {
  cidr: string;
  /** e.g. `interface eth0`, `network tenon-1234abcd-nat of the engine`. */
  by: string;
}

/**
 * Subnets of this host's interfaces and routes, without the default route. Docker allows a subnet that another bridge
 * has already, and the traffic then goes to that other bridge; so this is asked before a network is made.
 * Routes are read on Linux only.
 */
export async function hostSubnets(): Promise<UsedSubnet[]> {
  const interfaces = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).flatMap(({ cidr, family }) =>
      family === 'IPv4' && cidr !== null ? [{ cidr, by: `interface ${name}` }] : [],
    ),
  );
  const routes = (await routeTable())
    .filter((route) => route.prefix > 0)
    .map((route) => ({
      cidr: `${route.destination}/${route.prefix}`,
      by: `a route through ${route.device}`,
    }));
  return [...interfaces, ...routes];
}

/** Largest packet on the way out of this host, or null when it cannot be told. A bridge that allows more loses packets. */
export async function outgoingMtu(): Promise<number | null> {
  const way = (await routeTable()).find((route) => route.prefix === 0);
  if (way === undefined) return null;
  const text = await readFile(`/sys/class/net/${way.device}/mtu`, 'utf8').catch(() => '');
  return /^\d+\s*$/.test(text) ? Number(text) : null;
}

interface Route {
  device: string;
  destination: string;
  prefix: number;
}

/** /proc/net/route: addresses are hexadecimal in the byte order of the machine (little-endian wherever Node runs). */
async function routeTable(): Promise<Route[]> {
  const table = await readFile('/proc/net/route', 'utf8').catch(() => '');
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [device, destination, , , , , , mask] = line.split(/\s+/);
      if (device === undefined || destination === undefined || mask === undefined) return [];
      return [{ device, destination: bytes(destination).join('.'), prefix: onesOf(bytes(mask)) }];
    });
}

function bytes(hexadecimal: string): number[] {
  return [...Buffer.from(hexadecimal, 'hex')].reverse();
}

function onesOf(mask: number[]): number {
  return mask.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
}
