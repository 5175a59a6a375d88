import { describe, expect, it } from 'vitest';
import { engineNames, hostName } from './names.js';

const one = engineNames('3f2b8c1d-0000-4000-8000-000000000001');
const other = engineNames('3f2b8c1e-0000-4000-8000-000000000001');

describe('names in an engine', () => {
  it('begin with the first 8 characters of the installation', () => {
    expect(one.container('mysite_test-3')).toBe('tenon-3f2b8c1d-mysite_test-3');
    expect(one.network('nat')).toBe('tenon-3f2b8c1d-nat');
  });

  it('of two machines differ even when what the engine allows of them is the same', () => {
    const names = ['a/b', 'a b', 'a-b', 'ä-b'].map((name) => one.container(name));

    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/);
  });

  it('of bridges fit into the 15 characters of Linux and differ by installation and key', () => {
    const bridges = [one.bridge('nat'), one.bridge('slice-2-private'), other.bridge('nat')];

    expect(new Set(bridges).size).toBe(3);
    for (const bridge of bridges) expect(bridge.length).toBeLessThanOrEqual(15);
  });

  it.each([
    ['mysite_test-3', 'mysite-test-3'],
    ['_', 'instance'],
    ['x'.repeat(80), 'x'.repeat(63)],
    [`${'y'.repeat(62)}_tail`, 'y'.repeat(62)],
  ])('host name of %s is %s', (machine, expected) => {
    expect(hostName(machine)).toBe(expected);
  });
});
