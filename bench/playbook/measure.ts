import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Lab } from '../lab/lab.ts';
import { VARIABLES, type Engine } from '../lab/engines.ts';

/** One run of a program. */
export interface Sample {
  /** In s. */
  readonly wall: number;
  /** Of the controller, user and system, in s. */
  readonly cpu: number;
  /** Of the largest process, in MB. */
  readonly memory: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.trunc((sorted.length - 1) / 2)] ?? NaN;
}

/** The medians of several runs. */
export function medians(samples: readonly Sample[]): Sample {
  const of = (name: keyof Sample) => median(samples.map((sample) => sample[name]));
  return { wall: of('wall'), cpu: of('cpu'), memory: of('memory') };
}

/** An inventory with so many hosts, which are addresses of the same machine. */
export function inventoryOf(lab: Lab, hosts: number): string {
  const path = join(lab.scratch, `hosts${hosts}`);
  const lines = Array.from(
    { length: hosts },
    (_, index) => `t${index} ansible_host=${lab.address(10 + index)}`,
  );
  writeFileSync(path, `[t]\n${lines.join('\n')}\n`);
  return path;
}

/** Runs a playbook in a process of its own; nothing is left of a connection of an earlier one. Throws when it fails. */
export async function measure(
  engine: Engine,
  { playbook, inventory, forks }: { playbook: string; inventory: string; forks: number },
  lab: Lab,
): Promise<Sample> {
  const report = join(lab.scratch, 'time');
  await lab.closeConnections();
  const words = [
    '-f',
    '%e %U %S %M',
    '-o',
    report,
    engine.program,
    '-i',
    inventory,
    '-f',
    String(forks),
    ...VARIABLES,
    playbook,
  ];
  const { code, stdout, stderr } = await run('/usr/bin/time', words, { env: lab.env });
  if (code !== 0)
    throw new Error(`${engine.name} ends with ${code}: ${stdout.slice(-800)}${stderr.slice(-800)}`);
  const [wall = NaN, user = NaN, system = NaN, kilobytes = NaN] = readFileSync(report, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  return { wall, cpu: user + system, memory: kilobytes / 1024 };
}
