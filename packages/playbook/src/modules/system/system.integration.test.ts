import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openPlaybookLab,
  type LabOptions,
  type LabRun,
  type PlaybookLab,
} from '../../testing/playbook-lab.js';
import { firstDetail, threeRuns } from '../../testing/three-runs.js';
import { lacksRoot, startThrowawayMachine, type ThrowawayMachine } from '../../testing/throwaway-machine.js';

describe.skipIf(lacksRoot())('the system', () => {
  let machine: ThrowawayMachine;
  let lab: PlaybookLab;
  beforeAll(async () => {
    machine = await startThrowawayMachine(['iptables', 'mount', 'sysctl']);
    lab = await openPlaybookLab(() => Promise.resolve(machine));
  });
  afterAll(() => lab.close());

  async function thrice(task: string, look: string, options: LabOptions = {}): Promise<LabRun> {
    return (await threeRuns({ lab, task, observe: () => machine.sh(look), options })).done;
  }

  describe('getent', () => {
    test('gives the fields of an entry as facts', async () => {
      const run = await lab.run(`
- getent: { database: passwd, key: daemon }
- getent: { database: passwd, key: nobody-there, fail_key: no }
- getent: { database: services, key: ssh }
- assert:
    that:
      - getent_passwd['nobody-there'] is none
      - getent_services.ssh[0] == '22/tcp'
`);

      expect(run.failures).toEqual([]);
      expect(firstDetail(run).ansible_facts).toMatchObject({
        getent_passwd: { daemon: ['x', '1', '1', 'daemon', '/usr/sbin', '/usr/sbin/nologin'] },
      });
    });

    test('says that a key is missing', async () => {
      const run = await lab.run('- getent: { database: group, key: nothing-there }');

      expect(run.failures[0]?.message).toBe('One or more supplied key could not be found in the database.');
    });
  });

  test('hostname is written, and shown as facts and difference', async () => {
    const run = await thrice('hostname: { name: web01.example.org }', 'cat /etc/hostname', {
      diffMode: true,
    });

    expect(await machine.sh('cat /etc/hostname; stat -c %a /etc/hostname')).toBe('web01.example.org\n644\n');
    expect(firstDetail(run)).toMatchObject({
      name: 'web01.example.org',
      ansible_facts: { ansible_hostname: 'web01', ansible_nodename: 'web01.example.org' },
    });
  });

  test('hostname takes no option for a name', async () => {
    const run = await lab.run('- hostname: { name: "-F" }');

    expect(run.failures[0]?.message).toContain('name cannot be "-F"');
  });

  test('dpkg_selections holds a package', async () => {
    const run = await thrice(
      'dpkg_selections: { name: bash, selection: hold }',
      'dpkg --get-selections bash',
    );

    expect(await machine.sh('dpkg --get-selections bash')).toMatch(/^bash\s+hold\n$/);
    expect(firstDetail(run)).toMatchObject({ before: 'install', after: 'hold' });
  });

  describe('iptables', () => {
    const rules = 'iptables -S';

    test('appends, inserts and removes a rule', async () => {
      await thrice(
        'iptables: { chain: INPUT, protocol: tcp, destination_port: 80, jump: ACCEPT, comment: "a b" }',
        rules,
      );
      await thrice(
        'iptables: { chain: INPUT, source: 10.0.0.0/8, jump: DROP, action: insert, rule_num: 1 }',
        rules,
      );
      const added = await machine.sh(rules);
      await thrice('iptables: { chain: INPUT, source: 10.0.0.0/8, jump: DROP, state: absent }', rules);

      expect(added).toContain(
        '-A INPUT -s 10.0.0.0/8 -j DROP\n-A INPUT -p tcp -m tcp --dport 80 -m comment --comment "a b" -j ACCEPT\n',
      );
      expect(await machine.sh(rules)).not.toContain('10.0.0.0');
    });

    test('sets a policy, makes and removes a chain, and flushes', async () => {
      await thrice('iptables: { chain: FORWARD, policy: DROP }', rules);
      await thrice('iptables: { chain: MINE, protocol: udp, jump: ACCEPT, chain_management: yes }', rules);
      const flushed = await lab.run('- iptables: { chain: MINE, flush: yes }');
      await thrice('iptables: { chain: MINE, state: absent, chain_management: yes }', rules);

      expect(flushed.results).toEqual(['iptables: changed']);
      expect(await machine.sh(rules)).toMatch(/-P FORWARD DROP(?![^]*MINE)/);
    });

    test("iptables' own reason is the message", async () => {
      const run = await lab.run('- iptables: { chain: NOWHERE, jump: ACCEPT }');

      expect(run.failures[0]?.message).toContain('No chain/target/match by that name');
    });
  });

  describe('sysctl', () => {
    test('keeps a setting in a file and applies it', async () => {
      const look =
        'cat /etc/sysctl.d/t.conf 2>/dev/null; sysctl -n net.ipv4.ip_forward net.ipv4.ip_local_port_range';
      const task = (more: string) => `sysctl: { sysctl_file: /etc/sysctl.d/t.conf, ${more} }`;
      await machine.sh(
        "printf '# mine\\nnet.core.somaxconn = 128\\n' >/etc/sysctl.d/t.conf; echo 0 >/proc/sys/net/ipv4/ip_forward",
      );

      await thrice(task('name: net.ipv4.ip_forward, value: yes'), look);
      await thrice(task('name: net.ipv4.ip_local_port_range, value: "20000 30000", sysctl_set: yes'), look);
      const set = await machine.sh(look);
      await thrice(task('name: net.ipv4.ip_forward, state: absent'), look);

      expect(set).toBe(
        '# mine\nnet.core.somaxconn=128\nnet.ipv4.ip_forward=1\nnet.ipv4.ip_local_port_range=20000 30000\n1\n20000\t30000\n',
      );
      expect(await machine.sh('cat /etc/sysctl.d/t.conf; ls -A /etc/sysctl.d | grep -c tenon || :')).toBe(
        '# mine\nnet.core.somaxconn=128\nnet.ipv4.ip_local_port_range=20000 30000\n0\n',
      );
    });

    test('brings the kernel back to what the file says', async () => {
      await lab.run(
        '- sysctl: { name: net.ipv4.tcp_syncookies, value: 1, sysctl_file: /etc/sysctl.d/u.conf }',
      );
      await machine.sh('echo 0 >/proc/sys/net/ipv4/tcp_syncookies');

      await thrice(
        'ansible.posix.sysctl: { name: net.ipv4.tcp_syncookies, value: 1, sysctl_file: /etc/sysctl.d/u.conf }',
        'sysctl net.ipv4.tcp_syncookies',
      );
    });

    test('says which setting the kernel does not know', async () => {
      const run = await lab.run(
        '- sysctl: { name: net.no.such, value: 1, sysctl_file: /etc/sysctl.d/v.conf }',
      );

      expect(run.failures[0]?.message).toMatch(/Failed to reload sysctl: .*no.such/s);
    });
  });

  describe('mount', () => {
    const look = 'cat /etc/fstab; grep " /srv/" /proc/self/mounts; ls -d /srv/* 2>/dev/null || :';
    const data = 'path: /srv/a b/c, src: tmpfs, fstype: tmpfs';

    test('mounts, remounts with other options, and removes with its folder', async () => {
      await machine.sh("printf '# mine\\n' >/etc/fstab");

      await thrice(`mount: { ${data}, opts: "size=1m", state: mounted }`, look);
      const mounted = await machine.sh(look);
      const changed = await thrice(
        `mount: { ${data}, opts: "size=1m,noexec", state: mounted, backup: yes }`,
        look,
      );
      const remounted = await machine.sh(look);
      await thrice('ansible.posix.mount: { path: /srv/a b/c, state: absent }', look);

      expect(mounted).toContain(
        '# mine\ntmpfs /srv/a\\040b/c tmpfs size=1m 0 0\ntmpfs /srv/a\\040b/c tmpfs rw,',
      );
      expect(remounted).toMatch(/040b\/c tmpfs rw,noexec,/);
      expect(firstDetail(changed)).toMatchObject({
        name: '/srv/a b/c',
        backup_file: expect.stringMatching(/^\/etc\/fstab\./) as string,
      });
      expect(await machine.sh(look)).toBe('# mine\n/srv/a b\n');
    });

    test('a mount that fails leaves fstab and folders as they were', async () => {
      const before = await machine.sh(look);
      const run = await lab.run('- mount: { path: /srv/x/y, src: /nowhere, fstype: ext4, state: mounted }');

      expect(run.failures[0]?.message).toContain('Error mounting /srv/x/y: mount:');
      expect(await machine.sh(look)).toBe(before);
    });

    test('present and absent_from_fstab change fstab alone', async () => {
      await thrice(`mount: { ${data}, passno: 2, boot: no, opts: ro, state: present }`, look);
      const present = await machine.sh(look);
      await thrice(`mount: { ${data}, state: absent_from_fstab }`, look);

      expect(present).toBe('# mine\ntmpfs /srv/a\\040b/c tmpfs ro,noauto 0 2\n/srv/a b\n');
    });

    test('ephemeral mounts without fstab, and unmounted unmounts', async () => {
      const task = '- mount: { path: /srv/e, src: /etc, fstype: none, opts: bind, state: ephemeral }';
      const predicted = await lab.run(task, { checkMode: true });
      const untouched = await machine.sh(look);
      const done = await lab.run(task);
      const other = await lab.run(task.replace('src: /etc', 'src: /usr'));

      expect([predicted.results, done.results]).toEqual([['mount: changed'], ['mount: changed']]);
      expect(untouched).not.toContain('/srv/e');
      expect(other.failures[0]?.message).toContain('already mounted with a different source');
      await thrice('mount: { path: /srv/e, state: unmounted }', look);
    });

    test('remounted always remounts', async () => {
      await lab.run(`- mount: { ${data}, state: ephemeral }`);

      const run = await lab.run('- mount: { path: /srv/a b/c, opts: noexec, state: remounted }');

      expect(run.results).toEqual(['mount: changed']);
      expect(await machine.sh(look)).toMatch(/040b\/c tmpfs rw,noexec/);
    });
  });
});
