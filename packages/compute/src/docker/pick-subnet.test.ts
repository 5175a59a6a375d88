import { describe, expect, it } from 'vitest';
import { firstFree } from './pick-subnet.js';

const candidates = ['10.11.0.0/16', '10.12.0.0/16', '10.13.0.0/16'];

describe('the subnet that is chosen', () => {
  it('is the first one while nothing is in its way', () => {
    const used = [{ cidr: '192.0.2.0/24', by: 'interface eth0' }];

    expect(firstFree(candidates, used, 'nat network')).toBe('10.11.0.0/16');
  });

  it('is the next one that overlaps nothing, however small', () => {
    const used = [
      { cidr: '10.11.7.0/29', by: 'interface tun0' },
      { cidr: '10.12.255.255/32', by: 'a route through tun1' },
    ];

    expect(firstFree(candidates, used, 'nat network')).toBe('10.13.0.0/16');
  });

  it('is refused in words when everything is taken', () => {
    const used = [{ cidr: '10.0.0.0/8', by: 'a route through tun0' }];

    expect(() => firstFree(candidates, used, 'nat network')).toThrow(
      /^cannot choose a subnet for the nat network: all of 10\.11\.0\.0\/16 to 10\.13\.0\.0\/16 overlap/,
    );
  });
});
