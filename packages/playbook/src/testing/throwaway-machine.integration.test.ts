import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlaybookLab, type PlaybookLab } from './playbook-lab.js';
import { lacksRoot, startThrowawayMachine, type ThrowawayMachine } from './throwaway-machine.js';

describe.skipIf(lacksRoot())('a throwaway machine', () => {
  let machine: ThrowawayMachine;
  let lab: PlaybookLab;
  beforeAll(async () => {
    machine = await startThrowawayMachine(['useradd']);
    lab = await openPlaybookLab(() => Promise.resolve(machine));
  });
  afterAll(() => lab.close());

  test('keeps its files, users, name, network and mounts to itself', async () => {
    const before = hostname();

    const run = await lab.run(`
- shell: |
    useradd tenon-throwaway && echo x > /etc/tenon-throwaway && hostname tenon-throwaway
    ip link add tenon0 type dummy && echo 1 > /proc/sys/net/ipv4/ip_forward
    mkdir /tenon-throwaway && mount -t tmpfs tmpfs /tenon-throwaway
`);

    expect(run.failures).toEqual([]);
    expect(await machine.sh('id -un tenon-throwaway; hostname; cat /etc/tenon-throwaway')).toBe(
      'tenon-throwaway\ntenon-throwaway\nx\n',
    );
    expect(hostname()).toBe(before);
    expect(['/etc/tenon-throwaway', '/tenon-throwaway', '/sys/class/net/tenon0'].filter(existsSync)).toEqual(
      [],
    );
  });

  test('cannot change the kernel that it shares', async () => {
    await expect(machine.sh('echo 1 > /proc/sys/vm/swappiness')).rejects.toThrow('Read-only file system');
  });

  test('shows the folder of the suite at its own place', async () => {
    await lab.run('- copy: { content: x, dest: "{{ dir }}/a" }');

    expect(existsSync(`${lab.folder}/a`)).toBe(true);
  });
});
