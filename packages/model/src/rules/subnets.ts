/** How many /24 a /16 has, and how many addresses a /24 has. */
const SIZE = 256;

/** The engine takes .1 for itself; .0 is the network, .255 the broadcast. */
const FIRST_HOST = 2;
const LAST_HOST = SIZE - 2;

/**
 * The first /24 of a /16 that is not taken, or null when all are. The /24 number 0 is never given out: the engine's own
 * address in the nat network is in it.
 */
export function firstFreeSubnet(pool: string, taken: Iterable<string>): string | null {
  const prefix = /^(\d+\.\d+)\.0\.0\/16$/.exec(pool)?.[1];
  if (prefix === undefined)
    throw new Error(`cannot take a subnet from ${pool}: it is no /16 such as 10.11.0.0/16`);
  const used = new Set(taken);
  for (let index = 1; index < SIZE; index += 1) {
    const subnet = `${prefix}.${index}.0/24`;
    if (!used.has(subnet)) return subnet;
  }
  return null;
}

/** The first address of a /24 that is not taken, from .2 on, or null when all are. */
export function firstFreeAddress(subnet: string, taken: Iterable<string>): string | null {
  const prefix = /^(\d+\.\d+\.\d+)\.0\/24$/.exec(subnet)?.[1];
  if (prefix === undefined)
    throw new Error(`cannot take an address from ${subnet}: it is no /24 such as 10.11.1.0/24`);
  const used = new Set(taken);
  for (let host = FIRST_HOST; host <= LAST_HOST; host += 1) {
    const address = `${prefix}.${host}`;
    if (!used.has(address)) return address;
  }
  return null;
}
