import type { Printed } from './printed.js';
import type { Subset } from './subset.js';

/** Programs that show a package manager; a later one wins (Ansible 2.14). */
const PACKAGE_MANAGERS: readonly (readonly [path: string, name: string])[] = [
  ['/usr/bin/yum', 'yum'],
  ['/usr/bin/dnf', 'dnf'],
  ['/usr/bin/apt-get', 'apt'],
  ['/usr/bin/zypper', 'zypper'],
  ['/usr/bin/pacman', 'pacman'],
  ['/bin/opkg', 'opkg'],
  ['/sbin/apk', 'apk'],
  ['/usr/bin/emerge', 'portage'],
  ['/usr/bin/xbps-install', 'xbps'],
];

const PROCESS_ONE: Partial<Record<string, string>> = {
  procd: 'openwrt_init',
  'runit-init': 'runit',
  svscan: 'svc',
  'openrc-init': 'openrc',
};

/** Debian has nothing but apt, even when other managers lie around. */
export const packageManager: Subset = {
  name: 'pkg_mgr',
  minimal: true,
  needs: ['distribution'],
  paths: [...PACKAGE_MANAGERS.map(([path]) => path), '/etc/debian_version'],
  read(printed) {
    const found = PACKAGE_MANAGERS.filter(([path]) => printed.exists(path)).map(([, name]) => name);
    return { pkg_mgr: printed.exists('/etc/debian_version') ? 'apt' : (found.at(-1) ?? 'unknown') };
  },
};

const hasSystemctl = (printed: Printed) =>
  printed.exists('/bin/systemctl') || printed.exists('/usr/bin/systemctl');

const isSystemdInit = (target = '') => target === 'systemd' || target.endsWith('/systemd');

/** Signs of a manager, for a machine whose first process does not say. */
const SIGNS: readonly (readonly [name: string, seen: (printed: Printed) => boolean])[] = [
  ['systemd', (printed) => hasSystemctl(printed) && printed.exists('/run/systemd/system')],
  ['upstart', (printed) => printed.exists('/sbin/initctl') && printed.exists('/etc/init')],
  ['openrc', (printed) => printed.exists('/sbin/openrc')],
  ['systemd', (printed) => hasSystemctl(printed) && isSystemdInit(printed.link('/sbin/init'))],
  ['sysvinit', (printed) => printed.exists('/etc/init.d')],
];

/** `init` and shells say nothing: the first is many things, the second a container's. */
function serviceManagerOf(printed: Printed): string {
  const first = printed.file('/proc/1/comm');
  if (first !== undefined && first !== 'init' && !first.endsWith('sh')) return PROCESS_ONE[first] ?? first;
  return SIGNS.find(([, seen]) => seen(printed))?.[0] ?? 'service';
}

export const serviceManager: Subset = {
  name: 'service_mgr',
  minimal: true,
  needs: ['platform', 'distribution'],
  files: ['/proc/1/comm'],
  paths: [
    ...['/bin/systemctl', '/usr/bin/systemctl', '/run/systemd/system', '/sbin/initctl', '/etc/init'],
    ...['/sbin/openrc', '/etc/init.d'],
  ],
  links: ['/sbin/init'],
  read: (printed) => ({ service_mgr: serviceManagerOf(printed) }),
};
