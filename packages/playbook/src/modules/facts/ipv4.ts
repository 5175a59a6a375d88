const toNumber = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const toText = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');

/** The netmask and the network of an address with a prefix length. */
export function ipv4Network(address: string, prefix: number): { netmask: string; network: string } {
  const mask = prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0;
  return { netmask: toText(mask), network: toText((toNumber(address) & mask) >>> 0) };
}
