import { ModuleError } from '../modules/module.js';
import type { Value } from '@tenon/jinja/values';
import type { Templates } from './run.js';

function sizeOf(written: string, count: number): number {
  const match = /^(\d+)(%?)$/.exec(written.trim());
  if (match?.[1] === undefined)
    throw new ModuleError(`serial takes a number or a percentage, not "${written}"`);
  const number = Number(match[1]);
  // Rounded down, but never nobody (Ansible 2.14).
  return match[2] === '%' ? Math.max(1, Math.floor((number * count) / 100)) : number;
}

/** The hosts in the groups that `serial` makes of them: `2`, `"30%"`, or a list of both, of which the last one goes on. */
export function batchesOf<T>(hosts: readonly T[], templates: Templates, serial: Value | undefined): T[][] {
  const value = serial === undefined ? [] : templates.value(serial);
  const written = (Array.isArray(value) ? value : [value]).map((each) => templates.text(each) ?? '0');
  const sizes = written.map((each) => sizeOf(each, hosts.length));
  const batches: T[][] = [];
  for (let start = 0, step = 0; start < hosts.length; step++) {
    const size = sizes[Math.min(step, sizes.length - 1)] ?? 0;
    const end = size <= 0 ? hosts.length : start + size;
    batches.push(hosts.slice(start, end));
    start = end;
  }
  return batches;
}
