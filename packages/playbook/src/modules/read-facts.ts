type Printed = ReadonlyMap<string, string>;

const DISTRIBUTIONS: Readonly<Record<string, readonly [string, string]>> = {
  debian: ['Debian', 'Debian'],
  ubuntu: ['Ubuntu', 'Debian'],
  raspbian: ['Debian', 'Debian'],
  linuxmint: ['Linux Mint', 'Debian'],
  kali: ['Kali', 'Debian'],
  fedora: ['Fedora', 'RedHat'],
  rhel: ['RedHat', 'RedHat'],
  centos: ['CentOS', 'RedHat'],
  rocky: ['Rocky', 'RedHat'],
  almalinux: ['AlmaLinux', 'RedHat'],
  amzn: ['Amazon', 'RedHat'],
  alpine: ['Alpine', 'Alpine'],
  arch: ['Archlinux', 'Archlinux'],
  opensuse: ['openSUSE', 'Suse'],
  sles: ['SLES', 'Suse'],
};

function familyOf(like: string): string {
  const known = like.split(' ').flatMap((id) => DISTRIBUTIONS[id] ?? []);
  return known[1] ?? 'Linux';
}

function distributionFacts(printed: Printed): Record<string, unknown> {
  const id = printed.get('id') ?? '';
  const [distribution, family] = DISTRIBUTIONS[id] ?? [
    printed.get('name') ?? 'Linux',
    familyOf(printed.get('id_like') ?? ''),
  ];
  const versionId = printed.get('version_id') ?? '';
  // Ansible takes Debian's point release from /etc/debian_version.
  const point = printed.get('debian_version') ?? '';
  const version = distribution === 'Debian' && /^\d/.test(point) ? point : versionId;
  return {
    distribution,
    distribution_version: version,
    distribution_major_version: version.split('.')[0],
    distribution_release: printed.get('codename') ?? 'NA',
    os_family: family,
    pkg_mgr: { 'apt-get': 'apt' }[printed.get('pkg_mgr') ?? ''] ?? printed.get('pkg_mgr') ?? 'unknown',
    lsb: {},
  };
}

function kernelFacts(printed: Printed): Record<string, unknown> {
  const nodename = printed.get('nodename') ?? '';
  const fqdn = printed.get('fqdn') ?? nodename;
  const machine = printed.get('machine') ?? '';
  return {
    kernel: printed.get('kernel'),
    kernel_version: printed.get('kernel_version'),
    system: printed.get('system'),
    machine,
    architecture: machine,
    nodename,
    hostname: nodename.split('.')[0],
    fqdn,
    domain: fqdn.includes('.') ? fqdn.slice(fqdn.indexOf('.') + 1) : '',
    service_mgr: printed.has('systemd')
      ? 'systemd'
      : printed.get('pid1') === 'systemd'
        ? 'systemd'
        : 'sysvinit',
    userspace_bits: /64/.test(machine) ? '64' : '32',
  };
}

function memoryFacts(printed: Printed): Record<string, unknown> {
  const mebibytes = (name: string) => Math.floor(Number(printed.get(name) ?? 0) / 1024);
  return {
    memtotal_mb: mebibytes('MemTotal'),
    memfree_mb: mebibytes('MemFree'),
    swaptotal_mb: mebibytes('SwapTotal'),
    swapfree_mb: mebibytes('SwapFree'),
    processor_vcpus: Number(printed.get('cpus')),
    processor_nproc: Number(printed.get('cpus')),
    processor_count: Number(printed.get('cpus')),
  };
}

function addressFacts(printed: Printed): Record<string, unknown> {
  const lines = (name: string) => (printed.get(name) ?? '').split('\n').filter((line) => line !== '');
  const parsed = lines('addresses').flatMap((line) => {
    const [, device, address, prefix] = /^\d+:\s+(\S+)\s+inet\s+([\d.]+)(?:\/(\d+))?/.exec(line) ?? [];
    return device === undefined || address === undefined ? [] : [{ device, address, prefix }];
  });
  const addresses =
    parsed.length > 0
      ? parsed.map(({ address }) => address)
      : (printed.get('addresses_plain') ?? '').split(' ').filter((address) => /^[\d.]+$/.test(address));
  const [, gateway, device, source] =
    /(?:via\s+(\S+)\s+)?dev\s+(\S+)(?:.*\ssrc\s+(\S+))?/.exec(printed.get('route') ?? '') ?? [];
  const own = parsed.find((each) => each.address === source);
  return {
    all_ipv4_addresses: addresses,
    all_ipv6_addresses: lines('addresses6').flatMap((line) => /inet6\s+([^\s/]+)/.exec(line)?.[1] ?? []),
    default_ipv4:
      source === undefined
        ? {}
        : {
            address: source,
            interface: device,
            alias: device,
            gateway,
            ...(own?.prefix !== undefined && { prefix: own.prefix }),
          },
    interfaces: [...new Set(parsed.map((each) => each.device))],
  };
}

function dateFacts(printed: Printed): Record<string, unknown> {
  const [epoch, year, month, day, hour, minute, second, tz, offset, weekday, number] = (
    printed.get('date') ?? ''
  ).split('|');
  const date = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  const time = `${hour ?? ''}:${minute ?? ''}:${second ?? ''}`;
  const utc = new Date(Number(epoch) * 1000).toISOString().replace('.000', '');
  return {
    date_time: {
      epoch,
      year,
      month,
      day,
      hour,
      minute,
      second,
      tz,
      tz_offset: offset,
      weekday,
      weekday_number: number,
      date,
      time,
      iso8601: utc,
    },
  };
}

/** Facts as Ansible's setup names them, with the prefix `ansible_`; a small part of all that there are. */
export function readFacts(output: string): Record<string, unknown> {
  const printed = new Map(
    output.split('\0').flatMap((line): [string, string][] => {
      const at = line.indexOf('\t');
      return at < 0 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1)]];
    }),
  );
  const environment = [...printed]
    .filter(([name]) => name.startsWith('env:'))
    .map(([name, value]) => [name.slice(4), value]);
  const facts = {
    ...distributionFacts(printed),
    ...kernelFacts(printed),
    ...memoryFacts(printed),
    ...addressFacts(printed),
    ...dateFacts(printed),
    user_id: printed.get('user_id'),
    user_uid: Number(printed.get('user_uid')),
    user_gid: Number(printed.get('user_gid')),
    user_dir: printed.get('user_dir'),
    env: Object.fromEntries(environment) as Record<string, string>,
  };
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [`ansible_${name}`, value]));
}
