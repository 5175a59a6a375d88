import { describe, expect, it } from 'vitest';

import { firstFreeAddress, firstFreeSubnet } from './subnets.js';

describe('firstFreeSubnet', () => {
  it('leaves the first /24 of the pool to the engine', () => {
    expect(firstFreeSubnet('10.11.0.0/16', [])).toBe('10.11.1.0/24');
  });

  it('fills a gap before it goes on', () => {
    expect(firstFreeSubnet('10.11.0.0/16', ['10.11.1.0/24', '10.11.3.0/24'])).toBe('10.11.2.0/24');
  });

  it('takes no notice of what is taken in other pools', () => {
    expect(firstFreeSubnet('10.0.0.0/16', ['10.11.1.0/24'])).toBe('10.0.1.0/24');
  });

  it('gives null when all 255 are taken', () => {
    const taken = Array.from({ length: 255 }, (_, index) => `10.11.${index + 1}.0/24`);

    expect(firstFreeSubnet('10.11.0.0/16', taken.slice(1))).toBe('10.11.1.0/24');
    expect(firstFreeSubnet('10.11.0.0/16', taken)).toBeNull();
  });

  it('refuses a pool that is no /16', () => {
    expect(() => firstFreeSubnet('10.11.0.0/24', [])).toThrow('it is no /16');
  });
});

describe('firstFreeAddress', () => {
  it('begins behind the gateway and fills gaps', () => {
    expect(firstFreeAddress('10.11.1.0/24', [])).toBe('10.11.1.2');
    expect(firstFreeAddress('10.11.1.0/24', ['10.11.1.2', '10.11.1.4'])).toBe('10.11.1.3');
  });

  it('gives null when all 253 are taken', () => {
    const taken = Array.from({ length: 253 }, (_, index) => `10.11.1.${index + 2}`);

    expect(firstFreeAddress('10.11.1.0/24', taken)).toBeNull();
  });
});
