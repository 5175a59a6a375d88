import { HARDWARE } from './hardware.js';
import type { Subset } from './subset.js';

const NAMES = new Set(['model name', 'Processor', 'vendor_id', 'cpu', 'Vendor', 'processor']);

/** How many processors a mask of /proc/self/status allows: `ff,ffffffff`. */
function countAllowed(mask: string): number {
  const bits = Array.from(
    mask.replaceAll(',', ''),
    (digit) => Number.parseInt(digit, 16).toString(2).replaceAll('0', '').length,
  );
  return bits.reduce((sum, each) => sum + each, 0);
}

type Pair = readonly [name: string, value: string];

/** How many processors there are when nothing is said of sockets. */
function countProcessors(pairs: readonly Pair[], machine: string): number {
  const count = (name: string) => pairs.filter(([key]) => key === name).length;
  if (/^(?:armv|aarch|ppc)/.test(machine)) return count('processor');
  if (count('vendor_id') > 0 && count('vendor_id') === count('model name')) return count('vendor_id');
  return pairs.filter(([key]) => NAMES.has(key)).length;
}

function first(pairs: readonly Pair[], name: string): number | undefined {
  const value = Number(pairs.find(([key]) => key === name)?.[1]);
  return value > 0 ? value : undefined;
}

export const processor: Subset = {
  ...HARDWARE,
  files: ['/proc/cpuinfo', '/proc/self/status'],
  read(printed) {
    const pairs = printed.lines('/proc/cpuinfo').map((line): Pair => {
      const at = line.indexOf(':');
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
    const sockets = new Set(pairs.filter(([name]) => name === 'physical id').map(([, id]) => id)).size;
    const count = sockets > 0 ? sockets : countProcessors(pairs, printed.section('machine').trim());
    const cores = first(pairs, 'cpu cores') ?? 1;
    const threads = Math.floor((first(pairs, 'siblings') ?? 1) / cores);
    const mask = printed.lines('/proc/self/status').find((line) => line.startsWith('Cpus_allowed:'));
    return {
      processor: pairs.filter(([name]) => NAMES.has(name)).map(([, value]) => value),
      processor_count: count,
      processor_cores: cores,
      processor_threads_per_core: threads,
      processor_vcpus: threads * count * cores,
      processor_nproc: countAllowed(mask?.split(/\s+/)[1] ?? '1'),
    };
  },
};
