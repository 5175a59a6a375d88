import { describe, expect, test } from 'vitest';
import { allSubsets } from './all-subsets.js';
import { readAddresses } from './addresses.js';
import { chooseSubsets } from './choose-subsets.js';
import { capabilities } from './capabilities.js';
import { dateTime } from './date-time.js';
import { distribution } from './distribution.js';
import { filterFacts } from './filter-facts.js';
import { humanSize } from './hardware.js';
import { readIni } from './ini.js';
import { ipv4Network } from './ipv4.js';
import { mounts } from './mounts.js';
import { network } from './network.js';
import { platform } from './platform.js';
import { Printed } from './printed.js';
import { python } from './python.js';
import { virtualization } from './virtualization.js';

const ALL = allSubsets({ factFolder: '/etc/ansible/facts.d', seconds: 1 });

const chosen = (...wanted: string[]) => [...new Set(chooseSubsets(wanted, ALL).map(({ name }) => name))];

/** What the script would print for these files and sections. */
function printed(files: Record<string, string>, sections: Record<string, string> = {}): Printed {
  const contents = Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').map((line) => `${path}\0${line}\n`),
  );
  const all = { files: contents.join(''), ...sections };
  return new Printed(
    Object.entries(all)
      .map(([name, text]) => `\nN ${name}\n${text}`)
      .join(''),
    'N',
  );
}

describe('gather_subset', () => {
  test('all is everything, !all only what is always gathered', () => {
    expect(chosen('all')).toEqual([...new Set(ALL.map(({ name }) => name))]);
    expect(chosen('!all')).toContain('platform');
    expect(chosen('!all')).not.toContain('network');
    expect(chosen('!all', '!min')).toEqual([]);
  });

  test('a subset brings what it needs, and can be named by one of its facts', () => {
    expect(chosen('!all', '!min', 'default_ipv4')).toEqual(['platform', 'distribution', 'network']);
    expect(chosen('all', '!hardware')).not.toContain('hardware');
    expect(chosen('all', '!devices')).toContain('hardware');
  });

  test('an unknown subset is refused, unless it is not wanted', () => {
    expect(() => chosen('nonsense')).toThrow("Bad subset 'nonsense' given to Ansible.");
    expect(chosen('all', '!nonsense')).toContain('network');
  });
});

test('filter takes globs with and without the prefix', () => {
  const facts = new Map(['ansible_os_family', 'ansible_env', 'ansible_eth0'].map((name) => [name, 1]));

  expect([...filterFacts(facts, ['ansible_e*']).keys()]).toEqual(['ansible_env', 'ansible_eth0']);
  expect([...filterFacts(facts, ['os_[!x]*', 'eth?']).keys()]).toEqual(['ansible_os_family', 'ansible_eth0']);
  expect(filterFacts(facts, []).size).toBe(3);
});

test('the point release of Debian is in its own file, and its code name in brackets', () => {
  const files = {
    '/etc/os-release': 'ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"',
    '/etc/debian_version': '12.5',
  };

  expect(distribution.read(printed(files))).toMatchObject({
    distribution: 'Debian',
    distribution_version: '12',
    distribution_minor_version: '5',
    distribution_release: 'bookworm',
    os_family: 'Debian',
  });
});

test('an unknown distribution has the family that it is like', () => {
  const files = { '/usr/lib/os-release': "ID=new\nID_LIKE='ubuntu debian'\nNAME=New" };

  expect(distribution.read(printed(files))).toMatchObject({ distribution: 'New', os_family: 'Debian' });
});

test('the full name is that with a dot, from the line of the host in /etc/hosts', () => {
  const files = {
    '/proc/sys/kernel/hostname': 'web',
    '/etc/hosts': '127.0.0.1 localhost\n10.0.0.5 web web.example.org # web.other\n',
  };

  expect(platform.read(printed(files, { machine: 'i686\n', bits: '32\n' }))).toMatchObject({
    fqdn: 'web.example.org',
    domain: 'example.org',
    hostname: 'web',
    architecture: 'i386',
    userspace_architecture: 'i386',
  });
});

test('the name of the summer time is that of the half-year further east', () => {
  const line = (tz: string, offset: string) => `${'|'.repeat(11)}1700000000||||${tz}|${offset}`;
  const lines = [line('CET', '+0100'), line('CET', '+0100'), line('CEST', '+0200')].join('\n');

  expect(dateTime.read(printed({}, { date_time: lines })).date_time).toMatchObject({
    tz: 'CET',
    tz_dst: 'CEST',
  });
});

const IP = String.raw`1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
2: eth0    inet 10.0.0.5/22 brd 10.0.3.255 scope global dynamic eth0\       valid_lft 3600sec
2: eth0    inet 10.0.0.6/22 scope global secondary eth0:1\       valid_lft forever
2: eth0    inet6 fe80::1/64 scope link \       valid_lft forever preferred_lft forever
3: tun0    inet 10.8.0.1 peer 10.8.0.2/32 scope global tun0\       valid_lft forever`;

test('every line of ip is an address', () => {
  expect(readAddresses(IP).map(({ address, prefix, label }) => `${address}/${prefix} ${label}`)).toEqual([
    '127.0.0.1/8 lo',
    '10.0.0.5/22 eth0',
    '10.0.0.6/22 eth0:1',
    'fe80::1/64 eth0',
    '10.8.0.1/32 tun0',
  ]);
});

test('interfaces have their addresses, aliases are interfaces too, the way out has an address', () => {
  const files = { '/sys/class/net/eth0/mtu': '1500', '/sys/class/net/eth0/type': '1' };
  const route4 = '8.8.8.8 via 10.0.0.1 dev eth0 src 10.0.0.5 uid 0\n    cache';

  const facts = network.read(printed(files, { addresses: IP, route4 }));

  expect(facts).toMatchObject({
    interfaces: ['eth0', 'lo', 'eth0_1', 'tun0'],
    all_ipv4_addresses: ['10.0.0.5', '10.0.0.6', '10.8.0.1'],
    all_ipv6_addresses: ['fe80::1'],
    default_ipv4: {
      ...{
        address: '10.0.0.5',
        gateway: '10.0.0.1',
        interface: 'eth0',
        alias: 'eth0',
        type: 'ether',
        mtu: 1500,
      },
      ...{ netmask: '255.255.252.0', network: '10.0.0.0', prefix: '22', broadcast: '10.0.3.255' },
    },
    default_ipv6: {},
    eth0: { ipv4: { address: '10.0.0.5' }, ipv4_secondaries: [{ address: '10.0.0.6' }] },
  });
});

test('without ip there are addresses at least', () => {
  const facts = network.read(printed({}, { plain_addresses: '10.0.0.5 fd00::5 \n' }));

  expect(facts).toMatchObject({ all_ipv4_addresses: ['10.0.0.5'], all_ipv6_addresses: ['fd00::5'] });
});

test.each([
  ['255.255.255.255', 32, '10.1.2.3'],
  ['255.255.255.0', 24, '10.1.2.0'],
  ['0.0.0.0', 0, '0.0.0.0'],
])('the netmask %s has %i bits', (netmask, prefix, own) => {
  expect(ipv4Network('10.1.2.3', prefix)).toEqual({ netmask, network: own });
});

test('mounts are those of devices and servers, with sizes where stat has answered', () => {
  const files = {
    '/proc/mounts': String.raw`/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
srv:/x /mnt/a\040b nfs4 rw 0 0`,
    '/proc/self/mountinfo': String.raw`1 2 0:1 / / rw - ext4 /dev/sda1 rw
2 1 0:2 /sub /mnt/a\040b rw - nfs4 srv:/x rw`,
  };

  const facts = mounts(1).read(printed(files, { mount_sizes: '4096 1024 100 60 10 4\t/\0' }));

  expect(facts.mounts).toEqual([
    {
      ...{ mount: '/', device: '/dev/sda1', fstype: 'ext4', options: 'rw', uuid: 'N/A' },
      ...{ size_total: 102400, size_available: 61440, block_size: 4096 },
      ...{ block_total: 100, block_available: 60, block_used: 40 },
      ...{ inode_total: 10, inode_available: 4, inode_used: 6 },
    },
    {
      ...{ mount: '/mnt/a b', device: 'srv:/x', fstype: 'nfs4', options: 'rw,bind', uuid: 'N/A' },
      note: 'Could not get extra information due to timeout',
    },
  ]);
});

test('the first sign of virtualization gives the type, and all of them the techniques', () => {
  const files = { '/proc/1/cgroup': '0::/docker/abc', '/sys/devices/virtual/dmi/id/sys_vendor': 'QEMU' };

  expect(virtualization.read(printed(files, { paths: '/dev/kvm\n' }))).toEqual({
    virtualization_type: 'docker',
    virtualization_role: 'guest',
    virtualization_tech_guest: ['docker', 'kvm', 'container'],
    virtualization_tech_host: ['kvm'],
  });
  expect(virtualization.read(printed({}))).toMatchObject({
    virtualization_type: 'NA',
    virtualization_role: 'NA',
  });
});

test('an INI text is read as configparser does', () => {
  const text = '[DEFAULT]\nroot = /srv\n# a comment\n[Web]\nPort: 80\nhome=%(root)s/www\nlong = a\n  b\n';

  expect(readIni(text)).toEqual({ Web: { root: '/srv', port: '80', home: '/srv/www', long: 'a\nb' } });
  expect(() => readIni('just words')).toThrow();
});

test.each([
  [0, '0.00 Bytes'],
  [1536, '1.50 KB'],
  [256 * 1024 ** 3, '256.00 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(humanSize(bytes)).toBe(text);
});

describe('python', () => {
  test('is what the machine has', () => {
    const text = '/usr/bin/python3\nPython 3.11.2\n';

    expect(python.read(printed({}, { python: text }))).toEqual({
      python: {
        executable: '/usr/bin/python3',
        has_sslcontext: true,
        type: 'cpython',
        version: { major: 3, minor: 11, micro: 2, releaselevel: 'final', serial: 0 },
        version_info: [3, 11, 2, 'final', 0],
      },
      python_version: '3.11.2',
    });
  });

  test('may be a release that is none yet, or not there', () => {
    expect(python.read(printed({}, { python: '/opt/python3\nPython 3.15.0rc2\n' }))).toMatchObject({
      python: { version_info: [3, 15, 0, 'candidate', 2] },
      python_version: '3.15.0rc2',
    });
    expect(python.read(printed({}, { python: '' }))).toEqual({});
  });
});

test.each([
  ['', 'N/A', 'N/A'],
  ['Current: =ep\nBounding set =cap_chown\n', 'False', []],
  ['Current: cap_chown,cap_kill=ep\n', 'True', ['ep']],
  ['Current: = cap_chown, cap_kill+ep\n', 'True', ['cap_chown', 'cap_kill+ep']],
])('capabilities of %j', (capsh, enforced, names) => {
  expect(capabilities.read(printed({}, { capsh }))).toEqual({
    system_capabilities: names,
    system_capabilities_enforced: enforced,
  });
});
