import { DriverError } from '../driver-error.js';
import type { EngineAddress } from './engine-address.js';
import { openEngine } from './engine.js';
import { hostSubnets, type UsedSubnet } from './host-network.js';
import { clashWith, usedSubnets } from './used-subnets.js';

interface PickOptions {
  /** Null while there is no engine: then only this host is looked at. */
  engine: EngineAddress | null;
  /** The installation that asks; its own networks do not count as taken. */
  installation: string;
}

/** The nat network of an installation: 10.11.0.0/16, or when that is taken the next free /16 up to 10.63. Throws `address-taken` when none is. */
export async function pickNatSubnet(options: PickOptions): Promise<string> {
  return firstFree(sixteens(11, 63), await takenFor(options), 'nat network');
}

/** The pool for private networks (a /24 each): 10.0.0.0/16, or when any of it is taken the next free /16 of 10.64 to 10.127. Throws as above. */
export async function pickPrivatePool(options: PickOptions): Promise<string> {
  return firstFree(['10.0.0.0/16', ...sixteens(64, 127)], await takenFor(options), 'private networks');
}

/** What stands in the way of a subnet that somebody chose by hand, as a sentence; null when nothing does. */
export async function subnetProblem(cidr: string, options: PickOptions): Promise<string | null> {
  const clash = clashWith(cidr, await takenFor(options));
  return clash ? `${cidr} overlaps ${clash.cidr} (${clash.by}); choose another subnet` : null;
}

/** The first candidate that overlaps nothing in use; throws `address-taken` when there is none. */
export function firstFree(
  candidates: readonly string[],
  used: readonly UsedSubnet[],
  purpose: string,
): string {
  const free = candidates.find((candidate) => clashWith(candidate, used) === undefined);
  if (free !== undefined) return free;
  throw new DriverError(
    'address-taken',
    `cannot choose a subnet for the ${purpose}: all of ${candidates[0] ?? ''} to ${candidates.at(-1) ?? ''} overlap something on this host; remove old networks, or set one by hand`,
    { retryable: false },
  );
}

function sixteens(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `10.${from + index}.0.0/16`);
}

async function takenFor({ engine, installation }: PickOptions): Promise<UsedSubnet[]> {
  return engine ? usedSubnets(openEngine(engine), installation) : hostSubnets();
}
