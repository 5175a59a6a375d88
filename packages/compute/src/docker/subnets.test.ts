import { describe, expect, it } from 'vitest';
import { gatewayOf, overlap, parseSubnet, subnetText, type Subnet } from './subnets.js';

function subnet(cidr: string): Subnet {
  const parsed = parseSubnet(cidr);
  if (parsed === null) throw new Error(`${cidr} was expected to be a subnet`);
  return parsed;
}

describe('a subnet', () => {
  it.each([
    ['10.11.0.0/16', '10.11.0.0/16', '10.11.0.1'],
    ['10.11.3.7/16', '10.11.0.0/16', '10.11.0.1'],
    ['192.0.2.130/25', '192.0.2.128/25', '192.0.2.129'],
    ['0.0.0.0/0', '0.0.0.0/0', '0.0.0.1'],
  ])('%s is %s with the gateway %s', (cidr, text, gateway) => {
    expect(subnetText(subnet(cidr))).toBe(text);
    expect(gatewayOf(subnet(cidr))).toBe(gateway);
  });

  it.each(['', '10.11.0.0', '10.11.0.0/33', '10.256.0.0/16', 'fd00::/64', '10.11.0.0/16 '])(
    'is not "%s"',
    (cidr) => {
      expect(parseSubnet(cidr)).toBeNull();
    },
  );

  it.each([
    ['10.11.0.0/16', '10.11.200.0/24', true],
    ['10.11.200.0/24', '10.11.0.0/16', true],
    ['10.11.0.0/16', '10.12.0.0/16', false],
    ['10.10.0.0/15', '10.11.255.255/32', true],
    ['0.0.0.0/0', '203.0.113.0/24', true],
    ['10.0.0.0/24', '10.0.1.0/24', false],
  ])('%s and %s share an address: %s', (one, other, expected) => {
    expect(overlap(subnet(one), subnet(other))).toBe(expected);
  });
});
