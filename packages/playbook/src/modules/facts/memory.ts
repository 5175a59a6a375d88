import { HARDWARE } from './hardware.js';
import type { Subset } from './subset.js';

/** In MiB, rounded down, each of what /proc/meminfo has, before anything is added or taken away. */
export const memory: Subset = {
  ...HARDWARE,
  files: ['/proc/meminfo', '/proc/uptime'],
  read(printed) {
    const sizes = new Map(
      printed.lines('/proc/meminfo').map((line) => {
        const [name = '', kibibytes] = line.split(/:\s*/);
        return [name, Math.floor(Number.parseInt(kibibytes ?? '0', 10) / 1024)];
      }),
    );
    const size = (name: string) => sizes.get(name) ?? 0;
    const [total, free, swap, swapFree] = [
      size('MemTotal'),
      size('MemFree'),
      size('SwapTotal'),
      size('SwapFree'),
    ];
    const withoutCache = size('Cached') + free + size('Buffers');
    return {
      memtotal_mb: total,
      memfree_mb: free,
      swaptotal_mb: swap,
      swapfree_mb: swapFree,
      memory_mb: {
        real: { total, used: total - free, free },
        nocache: { free: withoutCache, used: total - withoutCache },
        swap: { total: swap, free: swapFree, used: swap - swapFree, cached: size('SwapCached') },
      },
      uptime_seconds: Math.floor(Number(printed.file('/proc/uptime')?.split(' ')[0] ?? 0)),
    };
  },
};
