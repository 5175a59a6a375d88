import type { Printed } from './printed.js';
import type { Subset } from './subset.js';

const KERNEL = '/proc/sys/kernel';

/** The names of a host in a file like /etc/hosts, by one of its names; that one entry decides, as in Python's getfqdn. */
function namesInHosts(lines: readonly string[], name: string): string[] {
  const entries = lines.map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  const address = entries.find(([, ...names]) => names.includes(name))?.[0];
  return entries.find(([first]) => first === address && first !== undefined)?.slice(1) ?? [];
}

function fullName(printed: Printed, nodename: string): string {
  const known = namesInHosts(printed.lines('/etc/hosts'), nodename);
  const asked = printed.section('fqdn').trim();
  return known.find((name) => name.includes('.')) ?? known[0] ?? (asked === '' ? nodename : asked);
}

function architectures(machine: string, bits: string): Record<string, string> {
  const isOldIntel = /^i[3-6]86$/.test(machine);
  const userspace = bits === '64' ? 'x86_64' : 'i386';
  return {
    architecture: isOldIntel ? 'i386' : machine,
    ...((isOldIntel || machine === 'x86_64') && { userspace_architecture: userspace }),
  };
}

export const platform: Subset = {
  name: 'platform',
  also: ['system', 'kernel', 'kernel_version', 'machine', 'architecture', 'machine_id'],
  minimal: true,
  files: [
    ...['ostype', 'osrelease', 'version', 'hostname'].map((name) => `${KERNEL}/${name}`),
    ...['/etc/hosts', '/var/lib/dbus/machine-id', '/etc/machine-id'],
  ],
  commands: { machine: 'uname -m', bits: 'getconf LONG_BIT', fqdn: 'hostname -f 2>/dev/null' },
  read(printed) {
    const machine = printed.section('machine').trim();
    const bits = printed.section('bits').trim();
    const nodename = printed.file(`${KERNEL}/hostname`) ?? '';
    const fqdn = fullName(printed, nodename);
    const machineId = printed.file('/var/lib/dbus/machine-id') ?? printed.file('/etc/machine-id');
    return {
      system: printed.file(`${KERNEL}/ostype`),
      kernel: printed.file(`${KERNEL}/osrelease`),
      kernel_version: printed.file(`${KERNEL}/version`),
      machine,
      nodename,
      hostname: nodename.split('.')[0],
      fqdn,
      domain: fqdn.split('.').slice(1).join('.'),
      userspace_bits: bits,
      ...architectures(machine, bits),
      ...(machineId !== undefined && { machine_id: machineId }),
    };
  },
};
