// How fast playbooks run, beside ansible-playbook with pipelining in the same session, on the same machine and state.
//
//   BENCH_LAB=folder LAB=folder npm run bench:playbook [-- OPTIONS]
//     (none)         cold: every run is a process of its own
//     --warm         one process with an open connection
//     --far          at a round trip of 20 ms, through a delay proxy
//     --runs N       runs of each engine (cold 5, warm 20, far 10); medians are printed
//     --only WORD    only cells whose names hold the word
//
// See bench/lab/lab.ts for what is needed, and besides: apt-get install time. Exit code 1 when a goal is not met.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openLab } from '../lab/lab.ts';
import { CASES, measureCase } from './cold.ts';
import { measureFarAway } from './far-away.ts';
import { printRow, type Row } from './table.ts';
import { measureWarm } from './warm.ts';

const RUNS = { cold: 5, warm: 20, far: 10 };

const { values: options } = parseArgs({
  options: {
    warm: { type: 'boolean', default: false },
    far: { type: 'boolean', default: false },
    runs: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const mode = options.warm ? 'warm' : options.far ? 'far' : 'cold';
const runs = Number(options.runs ?? RUNS[mode]);
const lab = await openLab();
const processors = cpus();
process.stdout.write(
  `${processors.length} x ${processors[0]?.model ?? 'unknown'}, node ${process.version}, n = ${runs}, load ${loadavg()[0]?.toFixed(1) ?? '?'} at the start\n`,
);
const rows: Row[] = [];
if (mode === 'warm') rows.push(...(await measureWarm(lab, runs)));
else if (mode === 'far') rows.push(...(await measureFarAway(lab, runs)));
else
  for (const each of CASES.filter(({ name }) => name.includes(options.only))) {
    const found = await measureCase(lab, each, runs);
    found.forEach(printRow);
    rows.push(...found);
  }
if (mode !== 'cold') rows.forEach(printRow);
lab.close();
process.exit(rows.every(({ isMet }) => isMet) ? 0 : 1);
