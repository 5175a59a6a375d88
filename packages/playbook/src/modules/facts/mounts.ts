import { HARDWARE } from './hardware.js';
import type { Printed } from './printed.js';
import type { Subset } from './subset.js';

/** A blank, a tab, a line end or a backslash is three octal digits in /proc/mounts. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** What is mounted from something else than its root: bind mounts, subvolumes. */
function bindMounts(printed: Printed): Set<string> {
  const fields = printed.lines('/proc/self/mountinfo').map((line) => line.split(' '));
  return new Set(
    fields.filter(([, , , root]) => root !== '/').map(([, , , , target = '']) => unescape(target)),
  );
}

/** The uuid of the file system on each device, by the device's own name and by that of device mapper. */
function uuidOf(printed: Printed, device: string): string {
  const target = printed.link(device) ?? device;
  const name = target.slice(target.lastIndexOf('/') + 1);
  const uuids = printed.names(/^\/dev\/disk\/by-uuid\/(.+)$/);
  return uuids.find((uuid) => printed.link(`/dev/disk/by-uuid/${uuid}`)?.endsWith(`/${name}`)) ?? 'N/A';
}

type Sizes = ReadonlyMap<string, Record<string, number>>;

/** statvfs(3) by mount point, from `stat -f`. */
function readSizes(printed: Printed): Sizes {
  const records = printed.section('mount_sizes').split('\0').slice(0, -1);
  return new Map(
    records.map((record) => {
      const at = record.indexOf('\t');
      const [optimal = 0, block = 0, total = 0, available = 0, inodes = 0, free = 0] = record
        .slice(0, at)
        .split(' ')
        .map(Number);
      return [
        record.slice(at + 1),
        {
          size_total: block * total,
          size_available: block * available,
          block_size: optimal,
          block_total: total,
          block_available: available,
          block_used: total - available,
          inode_total: inodes,
          inode_available: free,
          inode_used: inodes - free,
        },
      ];
    }),
  );
}

const isReal = (device: string, type: string) =>
  (/^[/\\]/.test(device) || device.includes(':/')) && type !== 'none';

/**
 * Mounts of devices and of other machines. One stat asks for all sizes; a server that does not answer costs `seconds` and the sizes
 * behind it.
 */
export const mounts = (seconds: number): Subset => ({
  ...HARDWARE,
  files: ['/proc/mounts', '/proc/self/mountinfo'],
  links: ['/dev/disk/by-uuid/*', '/dev/mapper/*'],
  commands: {
    mount_sizes: String.raw`set --
while read -r d m t o; do
case $d,$t in *,none) continue ;; /*|*:/*) ;; *) continue ;; esac
case $m in *\\*) m=$(printf %s "$m" | sed 's/%/%%/g'); m=$(printf "$m."); m=${'$'}{m%.} ;; esac
set -- "$@" "$m"; done </proc/mounts
[ $# = 0 ] || timeout ${seconds} stat -f --printf '%s %S %b %a %c %d\t%n\0' "$@" 2>/dev/null`,
  },
  read(printed) {
    const [binds, sizes] = [bindMounts(printed), readSizes(printed)];
    const found = new Map<string, Record<string, unknown>>();
    for (const line of printed.lines('/proc/mounts')) {
      const [device = '', mount = '', fstype = '', options = ''] = line.split(' ').map(unescape);
      if (!isReal(device, fstype)) continue;
      const size = sizes.get(mount);
      found.set(mount, {
        ...{ mount, device, fstype, options: binds.has(mount) ? `${options},bind` : options },
        ...(size ?? { note: 'Could not get extra information due to timeout' }),
        uuid: uuidOf(printed, device),
      });
    }
    return { mounts: [...found.values()] };
  },
});
