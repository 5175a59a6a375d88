import type { Printed } from './printed.js';
import type { Subset } from './subset.js';

const DMI = '/sys/devices/virtual/dmi/id';

/** A sign of a technique: on which side of it the machine is, when the sign is there. */
interface Sign {
  readonly tech: string;
  readonly role: 'guest' | 'host';
  readonly seen: (printed: Printed) => boolean;
}

const guest = (tech: string, seen: Sign['seen']): Sign => ({ tech, role: 'guest', seen });
const host = (tech: string, seen: Sign['seen']): Sign => ({ tech, role: 'host', seen });

const cgroup = (pattern: RegExp) => (printed: Printed) =>
  printed.lines('/proc/1/cgroup').some((line) => pattern.test(line));
const container = (pattern: RegExp) => (printed: Printed) =>
  printed
    .section('container')
    .split('\0')
    .some((variable) => pattern.test(variable));
const path =
  (...paths: string[]) =>
  (printed: Printed) =>
    paths.some((each) => printed.exists(each));
const firmware =
  (file: string, ...values: string[]) =>
  (printed: Printed) =>
    values.includes(printed.file(`${DMI}/${file}`) ?? '');
const kernelModule = (name: string) => (printed: Printed) =>
  printed.lines('/proc/modules').some((line) => line.startsWith(`${name} `));
const cpu = (pattern: RegExp) => (printed: Printed) =>
  printed.lines('/proc/cpuinfo').some((line) => pattern.test(line));

const isVirtuozzo = (printed: Printed) => printed.exists('/proc/vz') && !printed.exists('/proc/lve');
const isXenHost = (printed: Printed) => (printed.file('/proc/xen/capabilities') ?? '').includes('control_d');

/** Signs in the order in which they count: the first that is seen gives virtualization_type and _role. */
const SIGNS: readonly Sign[] = [
  guest('docker', cgroup(/\/docker(?:\/|-[0-9a-f]+\.scope)/)),
  guest('lxc', cgroup(/\/lxc\/|\/machine.slice\/machine-lxc/)),
  guest('containerd', cgroup(/\/system.slice\/containerd.service/)),
  guest('lxc', container(/container=lxc/)),
  guest('podman', container(/container=podman/)),
  guest('container', container(/^container=./)),
  host('openvz', (printed) => isVirtuozzo(printed) && printed.exists('/proc/bc')),
  guest('openvz', (printed) => isVirtuozzo(printed) && !printed.exists('/proc/bc')),
  guest('docker', path('/.dockerenv', '/.dockerinit')),
  host('xen', isXenHost),
  guest('xen', (printed) => printed.exists('/proc/xen') && !isXenHost(printed)),
  guest('kvm', firmware('product_name', 'KVM', 'KVM Server', 'Bochs', 'AHV')),
  guest('oVirt', firmware('sys_vendor', 'oVirt')),
  guest('RHV', firmware('product_family', 'RHV')),
  guest('VMware', firmware('product_name', 'VMware Virtual Platform', 'VMware7,1')),
  guest('openstack', firmware('product_name', 'OpenStack Compute', 'OpenStack Nova')),
  guest('xen', firmware('bios_vendor', 'Xen')),
  guest('virtualbox', firmware('bios_vendor', 'innotek GmbH')),
  guest('kvm', firmware('bios_vendor', 'Amazon EC2', 'DigitalOcean', 'Hetzner')),
  guest('kvm', firmware('sys_vendor', 'QEMU', 'Amazon EC2', 'DigitalOcean', 'Google', 'Scaleway', 'Nutanix')),
  guest('KubeVirt', firmware('sys_vendor', 'KubeVirt')),
  guest('VirtualPC', firmware('sys_vendor', 'Microsoft Corporation')),
  guest('parallels', firmware('sys_vendor', 'Parallels Software International Inc.')),
  guest('openstack', firmware('sys_vendor', 'OpenStack Foundation')),
  guest('kvm', cpu(/^model name.*QEMU Virtual CPU/)),
  guest('uml', cpu(/^vendor_id.*User Mode Linux|^model name.*UML/)),
  host('kvm', kernelModule('kvm')),
  host('virtualbox', kernelModule('vboxdrv')),
  host('kvm', path('/dev/kvm')),
];

const CONTAINERS = new Set(['docker', 'lxc', 'podman', 'openvz', 'containerd']);

/** What the machine is a guest of and a host for. */
export const virtualization: Subset = {
  name: 'virtual',
  also: [
    ...[
      'virtualization_type',
      'virtualization_role',
      'virtualization_tech_guest',
      'virtualization_tech_host',
    ],
  ],
  files: [
    ...[
      '/proc/1/cgroup',
      '/run/systemd/container',
      '/proc/xen/capabilities',
      '/proc/modules',
      '/proc/cpuinfo',
    ],
    ...['product_name', 'product_family', 'sys_vendor', 'bios_vendor'].map((name) => `${DMI}/${name}`),
  ],
  paths: ['/proc/vz', '/proc/lve', '/proc/bc', '/.dockerenv', '/.dockerinit', '/proc/xen', '/dev/kvm'],
  commands: { container: 'grep -zs container= /proc/1/environ' },
  read(printed) {
    const systemd = printed.file('/run/systemd/container');
    const seen = SIGNS.filter((sign) => sign.seen(printed));
    const own = systemd === undefined ? [] : [guest(systemd, () => true)];
    // A container's own word comes behind what the first process was told.
    const behind = seen.findIndex(({ tech }) => !CONTAINERS.has(tech) && tech !== 'container');
    const at = behind < 0 ? seen.length : behind;
    const signs = [...seen.slice(0, at), ...own, ...seen.slice(at)];
    const techs = (role: Sign['role']) =>
      new Set(signs.filter((sign) => sign.role === role).map(({ tech }) => tech));
    const guests = techs('guest');
    if (systemd !== undefined || [...guests].some((tech) => CONTAINERS.has(tech))) guests.add('container');
    return {
      virtualization_type: signs[0]?.tech ?? 'NA',
      virtualization_role: signs[0]?.role ?? 'NA',
      virtualization_tech_guest: [...guests],
      virtualization_tech_host: [...techs('host')],
    };
  },
};
