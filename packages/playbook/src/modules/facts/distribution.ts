import type { Printed } from './printed.js';
import type { Subset } from './subset.js';

/** Ansible's name of a distribution and its family, by ID in os-release. */
const DISTRIBUTIONS: Readonly<Record<string, readonly [name: string, family: string, variety: string]>> = {
  debian: ['Debian', 'Debian', 'Debian'],
  raspbian: ['Debian', 'Debian', 'Debian'],
  ubuntu: ['Ubuntu', 'Debian', 'Debian'],
  linuxmint: ['Linux Mint', 'Debian', 'Debian'],
  kali: ['Kali', 'Debian', 'Debian'],
  devuan: ['Devuan', 'Debian', 'Debian'],
  fedora: ['Fedora', 'RedHat', 'RedHat'],
  rhel: ['RedHat', 'RedHat', 'RedHat'],
  centos: ['CentOS', 'RedHat', 'CentOS'],
  rocky: ['Rocky', 'RedHat', 'RedHat'],
  almalinux: ['AlmaLinux', 'RedHat', 'RedHat'],
  ol: ['OracleLinux', 'RedHat', 'OracleLinux'],
  amzn: ['Amazon', 'RedHat', 'Amazon'],
  alpine: ['Alpine', 'Alpine', 'Alpine'],
  arch: ['Archlinux', 'Archlinux', 'Archlinux'],
  'opensuse-leap': ['openSUSE Leap', 'Suse', 'SUSE'],
  'opensuse-tumbleweed': ['openSUSE Tumbleweed', 'Suse', 'SUSE'],
  sles: ['SLES', 'Suse', 'SUSE'],
};

/** The variables of an os-release file (os-release(5)): `NAME=value`, perhaps in quotes. */
function readVariables(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name, value = ''] = /^([A-Z0-9_]+)=(.*)$/.exec(line.trim()) ?? [];
      if (name === undefined) return [];
      const [, quoted] = /^["'](.*)["']$/.exec(value) ?? [];
      return [[name, (quoted ?? value).replaceAll(/\\(.)/g, '$1')]];
    }),
  );
}

function familyOf(like: string): string | undefined {
  return like.split(/\s+/).flatMap((id) => DISTRIBUTIONS[id]?.[1] ?? [])[0];
}

function versionFacts(
  printed: Printed,
  release: Map<string, string>,
  isDebian: boolean,
): Record<string, unknown> {
  const version = release.get('VERSION_ID') ?? 'NA';
  const point = /\d+\.(\d+)/.exec(printed.file('/etc/debian_version') ?? '')?.[1];
  const bracket = /^[^(]+ \(([^)]+)\)/.exec(release.get('PRETTY_NAME') ?? '')?.[1];
  const [major, minor] = version.split('.');
  return {
    distribution_version: version,
    distribution_major_version: major,
    distribution_release: (isDebian ? bracket : undefined) ?? release.get('VERSION_CODENAME') ?? 'NA',
    ...(isDebian
      ? point !== undefined && { distribution_minor_version: point }
      : release.get('ID') === 'amzn' && { distribution_minor_version: minor ?? 'NA' }),
  };
}

export const distribution: Subset = {
  name: 'distribution',
  also: ['distribution_version', 'distribution_release', 'distribution_major_version', 'os_family'],
  minimal: true,
  files: ['/etc/os-release', '/usr/lib/os-release', '/etc/debian_version'],
  read(printed) {
    const path = printed.file('/etc/os-release') === undefined ? '/usr/lib/os-release' : '/etc/os-release';
    const release = readVariables(printed.lines(path));
    const id = release.get('ID') ?? '';
    const [name, family, variety] = DISTRIBUTIONS[id] ?? [
      release.get('NAME') ?? 'Linux',
      familyOf(release.get('ID_LIKE') ?? '') ?? release.get('NAME') ?? 'Linux',
      'NA',
    ];
    return {
      distribution: name,
      os_family: family,
      distribution_file_path: path,
      distribution_file_variety: variety,
      distribution_file_parsed: true,
      ...versionFacts(printed, release, name === 'Debian'),
    };
  },
};
