import type { Subset } from './subset.js';

export const apparmor: Subset = {
  name: 'apparmor',
  minimal: true,
  paths: ['/sys/kernel/security/apparmor'],
  read: (printed) => ({
    apparmor: { status: printed.exists('/sys/kernel/security/apparmor') ? 'enabled' : 'disabled' },
  }),
};

const mode = (value: string | undefined) =>
  value === '1' ? 'enforcing' : value === '0' ? 'permissive' : 'unknown';

export const selinux: Subset = {
  name: 'selinux',
  minimal: true,
  files: ['/sys/fs/selinux/enforce', '/sys/fs/selinux/policyvers', '/etc/selinux/config'],
  read(printed) {
    const enforce = printed.file('/sys/fs/selinux/enforce');
    if (enforce === undefined) return { selinux: { status: 'disabled' } };
    const config = printed.file('/etc/selinux/config') ?? '';
    return {
      selinux: {
        status: 'enabled',
        policyvers: Number(printed.file('/sys/fs/selinux/policyvers')),
        config_mode: /^SELINUX=(\w+)/m.exec(config)?.[1] ?? 'unknown',
        mode: mode(enforce),
        type: /^SELINUXTYPE=(\w+)/m.exec(config)?.[1] ?? 'unknown',
      },
    };
  },
};

export const fips: Subset = {
  name: 'fips',
  minimal: true,
  files: ['/proc/sys/crypto/fips_enabled'],
  read: (printed) => ({ fips: printed.file('/proc/sys/crypto/fips_enabled') === '1' }),
};

/** In a chroot / is not what it is to the first process; who may not look there sees nothing suspicious. */
export const chroot: Subset = {
  name: 'chroot',
  also: ['is_chroot'],
  commands: { chroot: '[ ! -e /proc/1/root/. ] || [ / -ef /proc/1/root/. ] || printf yes' },
  read: (printed) => ({ is_chroot: printed.section('chroot') === 'yes' }),
};

const ALGORITHMS = ['dsa', 'rsa', 'ecdsa', 'ed25519'] as const;

export const sshHostKeys: Subset = {
  name: 'ssh_pub_keys',
  also: ['ssh_host_pub_keys', ...ALGORITHMS.map((algorithm) => `ssh_host_key_${algorithm}_public`)],
  minimal: true,
  files: ['/etc/ssh/ssh_host_*_key.pub'],
  read: (printed) =>
    Object.fromEntries(
      ALGORITHMS.flatMap((algorithm): [string, string][] => {
        const [type, key] = printed.file(`/etc/ssh/ssh_host_${algorithm}_key.pub`)?.split(/\s+/) ?? [];
        const fact = `ssh_host_key_${algorithm}_public`;
        return type === undefined || key === undefined
          ? []
          : [
              [fact, key],
              [`${fact}_keytype`, type],
            ];
      }),
    ),
};
