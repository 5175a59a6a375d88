import { join } from 'node:path';
import { ANSIBLE, TENON } from '../lab/engines.ts';
import type { Lab } from '../lab/lab.ts';
import { inventoryOf, measure, medians, type Sample } from './measure.ts';
import { row, type Row } from './table.ts';

/** A cell of the table: what is run on how many hosts, and what it should be. */
export interface Case {
  readonly name: string;
  readonly playbook: 'seed.yml' | 't20.yml';
  readonly hosts: number;
  /** Ratios to Ansible that are wanted. */
  readonly wall: number;
  readonly cpu?: number;
}

export const CASES: readonly Case[] = [
  { name: 'seed, no change, cold', playbook: 'seed.yml', hosts: 1, wall: 5 },
  { name: '20 tasks, no change, cold', playbook: 't20.yml', hosts: 1, wall: 15 },
  { name: 'seed, 10 hosts, cold', playbook: 'seed.yml', hosts: 10, wall: 8, cpu: 20 },
  { name: '20 tasks, 10 hosts, cold', playbook: 't20.yml', hosts: 10, wall: 8, cpu: 20 },
  { name: 'seed, 50 hosts, cold', playbook: 'seed.yml', hosts: 50, wall: 8, cpu: 20 },
];

/** Both engines in turn, so that what else the machine does is the same for both; the first run of each is not counted. */
export async function measureCase(
  lab: Lab,
  { name, playbook, hosts, wall, cpu }: Case,
  runs: number,
): Promise<Row[]> {
  const task = {
    playbook: join(lab.folder, 'bench', playbook),
    inventory: inventoryOf(lab, hosts),
    forks: Math.max(5, hosts),
  };
  const [ansible, tenon]: [Sample[], Sample[]] = [[], []];
  for (let number = 0; number <= runs; number++) {
    const [theirs, ours] = [await measure(ANSIBLE, task, lab), await measure(TENON, task, lab)];
    if (number === 0) continue;
    ansible.push(theirs);
    tenon.push(ours);
  }
  const [theirs, ours] = [medians(ansible), medians(tenon)];
  const times = row({ name: `${name} (wall)`, ansible: theirs.wall, tenon: ours.wall, goal: wall });
  const rows =
    cpu === undefined
      ? [times]
      : [times, row({ name: `${name} (controller CPU)`, ansible: theirs.cpu, tenon: ours.cpu, goal: cpu })];
  if (hosts < 50) return rows;
  return [
    ...rows,
    {
      name: `${name} (memory)`,
      text: `${ours.memory.toFixed(0)} MB`,
      isMet: ours.memory < 90,
      goal: '< 90 MB',
    },
  ];
}
