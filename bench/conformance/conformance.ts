// Runs playbooks with ansible-playbook and with tenon-playbook and compares what they say of each task and what they
// leave on the machine. Each engine begins with the machine as it was at first, and runs every playbook twice.
//
//   BENCH_LAB=folder LAB=folder npm run bench:conformance [-- OPTIONS] [NAME …]
//     NAME         only playbooks whose names hold one of these words (the machine is not reset between two of them, so
//                  a few find less than in a whole run)
//     --record     run ansible-playbook alone and keep what it did in bench/conformance/recorded/
//     --recorded   compare with what was kept, without running ansible-playbook (which takes most of the time)
//
// See bench/lab/lab.ts for what is needed. A line a playbook, the differences below it, and the sum; exit code 1 when
// something differs.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openLab, type Lab } from '../lab/lab.ts';
import { ANSIBLE, runPlaybook, TENON, type Engine } from '../lab/engines.ts';
import { machineState } from './machine-state.ts';
import { outcomeOf } from './outcome.ts';

/** What an engine made of a playbook, as lines. */
type Trace = readonly string[];

const MOST_LINES = 12;

const { values: options, positionals: wanted } = parseArgs({
  options: { record: { type: 'boolean', default: false }, recorded: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const nameOf = (playbook: string) => basename(playbook, '.yml');
const recording = (playbook: string) => join(import.meta.dirname, 'recorded', `${nameOf(playbook)}.txt`);

function playbooks({ folder }: Lab): string[] {
  const below = (path: string) =>
    readdirSync(path)
      .filter((name) => name.endsWith('.yml'))
      .sort()
      .map((name) => join(path, name));
  const ofLab = ['seed.yml', 't20.yml'].map((name) => join(folder, 'bench', name));
  const own = below(join(import.meta.dirname, 'playbooks'));
  const all = [...ofLab, ...own, ...below(join(import.meta.dirname, '..', 'roles'))];
  return all.filter((path) => wanted.length === 0 || wanted.some((word) => basename(path).includes(word)));
}

async function trace(engine: Engine, playbook: string, lab: Lab): Promise<Trace> {
  const before = new Set(await machineState(lab));
  const lines: string[] = [];
  for (const number of ['first', 'second']) {
    const { code, stdout, stderr } = await runPlaybook(engine, playbook, lab);
    try {
      lines.push(`${number} run ends with ${code}`, ...outcomeOf(stdout).map((line) => `${number}: ${line}`));
    } catch (error) {
      const why = `${String(error)} ${stderr.slice(0, 400)}`;
      lines.push(`${number} run ends with ${code} and prints no document: ${why}`);
    }
  }
  const left = (await machineState(lab)).filter((line) => !before.has(line));
  return [...lines, ...left.map((line) => `left: ${line}`)];
}

async function record(all: readonly string[], lab: Lab): Promise<void> {
  await lab.reset();
  for (const playbook of all) {
    const lines = await trace(ANSIBLE, playbook, lab);
    writeFileSync(recording(playbook), `${lines.join('\n')}\n`);
    say(`recorded ${nameOf(playbook)}`);
  }
}

async function traces(engine: Engine, all: readonly string[], lab: Lab): Promise<Map<string, Trace>> {
  await lab.reset();
  const found = new Map<string, Trace>();
  for (const playbook of all) {
    process.stderr.write(`${engine.name}: ${nameOf(playbook)}\n`);
    found.set(playbook, await trace(engine, playbook, lab));
  }
  return found;
}

function recorded(all: readonly string[]): Map<string, Trace> {
  const there = all.filter((playbook) => existsSync(recording(playbook)));
  return new Map(
    there.map((playbook) => [playbook, readFileSync(recording(playbook), 'utf8').trimEnd().split('\n')]),
  );
}

function differences(expected: Trace, got: Trace): string[] {
  return [
    ...expected.filter((line) => !got.includes(line)).map((line) => `  ansible  ${line}`),
    ...got.filter((line) => !expected.includes(line)).map((line) => `  tenon    ${line}`),
  ];
}

function report(playbook: string, lines: readonly string[]): boolean {
  say(`${lines.length === 0 ? 'equal ' : 'DIFFER'} ${nameOf(playbook)}`);
  for (const line of lines.slice(0, MOST_LINES)) say(line);
  if (lines.length > MOST_LINES) say(`  … ${lines.length - MOST_LINES} lines more`);
  return lines.length === 0;
}

/** Whether both engines do the same. */
async function compare(all: readonly string[], lab: Lab): Promise<boolean> {
  const expected = options.recorded ? recorded(all) : await traces(ANSIBLE, all, lab);
  const got = await traces(TENON, all, lab);
  const verdicts = all.map((playbook) =>
    report(playbook, differences(expected.get(playbook) ?? [], got.get(playbook) ?? [])),
  );
  const equal = verdicts.filter(Boolean).length;
  say(`${equal} equal, ${all.length - equal} differ`);
  return equal === all.length;
}

const lab = await openLab();
const all = playbooks(lab);
const isFine = options.record ? await record(all, lab).then(() => true) : await compare(all, lab);
lab.close();
process.exit(isFine ? 0 : 1);
