import { join } from 'node:path';
import { ANSIBLE, VARIABLES } from '../lab/engines.ts';
import { run, type Lab } from '../lab/lab.ts';
import { openTransport, runHere } from './in-process.ts';
import { inventoryOf, median } from './measure.ts';
import { row, type Row } from './table.ts';

const SSH_PORT = 22;
const CASES = [
  { name: 'seed, no change, warm', playbook: 'seed.yml', goal: 20 },
  { name: '20 tasks, no change, warm', playbook: 't20.yml', goal: 25 },
] as const;

/** Ansible with an open connection too: it is kept by ControlPersist. */
async function ansibleTime(lab: Lab, playbook: string): Promise<number> {
  const begun = performance.now();
  const words = ['-i', inventoryOf(lab, 1), ...VARIABLES, playbook];
  const { code, stdout } = await run(ANSIBLE.program, words, { env: lab.env });
  if (code !== 0) throw new Error(`ansible ends with ${code}: ${stdout.slice(-800)}`);
  return (performance.now() - begun) / 1000;
}

/** One process with an open connection; Ansible is run in between, a quarter as often because it takes so long. */
export async function measureWarm(lab: Lab, runs: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, playbook, goal } of CASES) {
    const path = join(lab.folder, 'bench', playbook);
    const transport = openTransport(lab);
    const way = { address: lab.address(10), port: SSH_PORT };
    const [theirs, ours]: [number[], number[]] = [[], []];
    await ansibleTime(lab, path);
    await runHere(path, transport, way);
    for (let number = 0; number < runs; number++) {
      if (number % 4 === 0) theirs.push(await ansibleTime(lab, path));
      ours.push(await runHere(path, transport, way));
    }
    await transport.close();
    rows.push(row({ name, ansible: median(theirs), tenon: median(ours), goal }));
  }
  return rows;
}
