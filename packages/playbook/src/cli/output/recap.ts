import type { HostStats } from '../../events.js';
import { banner } from './banner.js';
import { paint, type Ink } from './paint.js';
import type { Terminal } from './terminal.js';

const COUNTERS: readonly (readonly [keyof HostStats, Ink])[] = [
  ['ok', 'ok'],
  ['changed', 'changed'],
  ['unreachable', 'unreachable'],
  ['failed', 'error'],
  ['skipped', 'skip'],
  ['rescued', 'ok'],
  ['ignored', 'warn'],
];
const HOST_WIDTH = 26;
const COUNT_WIDTH = 4;

function hostInk({ failed, unreachable, changed }: HostStats): Ink {
  if (failed > 0 || unreachable > 0) return 'error';
  return changed > 0 ? 'changed' : 'ok';
}

/** The hosts that took part, by name. */
export function processedHosts(stats: Readonly<Record<string, HostStats>>): [string, HostStats][] {
  return Object.entries(stats)
    .filter(([, counts]) => Object.values(counts).some((count) => count > 0))
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

/** PLAY RECAP: a line a host. */
export function recap(terminal: Terminal, stats: Readonly<Record<string, HostStats>>): void {
  banner(terminal, 'PLAY RECAP');
  for (const [host, counts] of processedHosts(stats)) {
    const name = terminal.colour ? paint(host, hostInk(counts)) : host;
    const cells = COUNTERS.map(([counter, ink]) => {
      const cell = `${counter}=${String(counts[counter]).padEnd(COUNT_WIDTH)}`;
      return terminal.colour && counts[counter] > 0 ? paint(cell, ink) : cell;
    });
    terminal.painted(`${name}${' '.repeat(Math.max(0, HOST_WIDTH - host.length))} : ${cells.join(' ')}`);
  }
  terminal.line('');
}
