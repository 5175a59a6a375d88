/** An IPv4 subnet. */
export interface Subnet {
  /** First address as an unsigned 32-bit number. */
  first: number;
  prefix: number;
}

/** Reads `10.11.0.0/16`; host bits are dropped (`10.11.0.1/16` is the same subnet). Null for anything else. */
export function parseSubnet(cidr: string): Subnet | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (match === null) return null;
  const numbers = match.slice(1).map(Number);
  const prefix = numbers.pop() ?? 33;
  if (prefix > 32 || numbers.some((number) => number > 255)) return null;
  const address = numbers.reduce((sum, number) => sum * 256 + number, 0);
  return { first: address - (address % sizeOf(prefix)), prefix };
}

/** Writes `10.11.0.0/16`. */
export function subnetText(subnet: Subnet): string {
  return `${addressText(subnet.first)}/${subnet.prefix}`;
}

/** The gateway's address: the first one after the subnet's own. */
export function gatewayOf(subnet: Subnet): string {
  return addressText(subnet.first + 1);
}

/** Whether two subnets share an address. */
export function overlap(a: Subnet, b: Subnet): boolean {
  return a.first < b.first + sizeOf(b.prefix) && b.first < a.first + sizeOf(a.prefix);
}

/** Reads a list, leaving out what is no IPv4 subnet. */
export function parseSubnets(cidrs: readonly string[]): Subnet[] {
  return cidrs.map(parseSubnet).filter((subnet) => subnet !== null);
}

function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
