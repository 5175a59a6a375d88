import { HARDWARE } from './hardware.js';
import type { Printed } from './printed.js';
import type { Subset } from './subset.js';

const UNITS = '--noheadings --nosuffix --units g --separator ,';

function rows(printed: Printed, section: string): string[][] {
  const lines = printed
    .section(section)
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => line !== '').map((line) => line.split(','));
}

/** Volume groups, volumes and physical volumes, for root on a machine that has LVM; sizes in GiB as texts. */
export const lvm: Subset = {
  ...HARDWARE,
  paths: ['/sbin/vgs'],
  commands: Object.fromEntries(
    ['vgs', 'lvs', 'pvs'].map((tool) => [
      tool,
      `if [ -x /sbin/${tool} ] && [ -w /etc ]; then /sbin/${tool} ${UNITS} 2>/dev/null; fi`,
    ]),
  ),
  read(printed) {
    const [uid] = printed.lines('/proc/self/status').flatMap((line) => /^Uid:\s+(\d+)/.exec(line)?.[1] ?? []);
    if (uid !== '0' || !printed.exists('/sbin/vgs')) return { lvm: 'N/A' };
    const vgs = rows(printed, 'vgs').map(([name, pvs, lvs, , , size, free]) => [
      name,
      { size_g: size, free_g: free, num_lvs: lvs, num_pvs: pvs },
    ]);
    const lvs = rows(printed, 'lvs').map(([name, vg, , size]) => [name, { size_g: size, vg }]);
    const pvs = rows(printed, 'pvs').map(([name, vg, , , size, free]) => [
      name,
      { size_g: size, free_g: free, vg },
    ]);
    const all = { lvs, vgs, pvs };
    return {
      lvm: Object.fromEntries(
        Object.entries(all).map(([kind, entries]) => [
          kind,
          Object.fromEntries(entries) as Record<string, unknown>,
        ]),
      ),
    };
  },
};
