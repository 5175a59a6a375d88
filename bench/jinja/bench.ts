import { parseArgs } from 'node:util';
import { agree, type Case } from './case.ts';
import { knownDifference } from './differences.ts';
import { generate } from './generate.ts';
import { Oracle } from './oracle.ts';
import { ours } from './ours.ts';
import { textOf, type Piece } from './piece.ts';
import { Random } from './random.ts';
import { shrink, type Finding } from './shrink.ts';
import { fixedVariables, randomVariables } from './variables.ts';

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '25' },
    python: { type: 'string', default: '/usr/bin/python3' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** One case in a piece: the mode, what it is made of, and its variables. */
function generateCase(random: Random): { given: Case; piece: Piece } {
  const mode = random.pick(['value', 'value', 'value', 'file', 'condition'] as const);
  const piece = generate(random, mode === 'condition' ? 'bool' : 'template', 2 + random.below(3));
  const variables = { ...fixedVariables, ...randomVariables(random) };
  return { piece, given: { mode, template: textOf(piece), variables } };
}

const titleOf = ({ given, mine, ansible }: Finding): string | undefined =>
  knownDifference(given, mine, ansible);

function report({ given, mine, ansible }: Finding): void {
  const { v1, v2, v3, v4 } = given.variables;
  say(`\n${given.mode}: ${JSON.stringify(given.template)}`);
  if (/\bv[1-4]\b/.test(given.template)) say(`  with    ${JSON.stringify({ v1, v2, v3, v4 })}`);
  say(`  ours    ${mine.answer ?? `${mine.error ?? ''}: ${mine.text ?? ''}`}`);
  say(`  ansible ${ansible.answer ?? `${ansible.error ?? ''}: ${ansible.text ?? ''}`}`);
}

/** What the answers of both engines have to say about the cases. */
async function compare(oracle: Oracle): Promise<{ unknown: Finding[]; known: Map<string, number> }> {
  const random = new Random(Number(options.seed));
  const all = Array.from({ length: Number(options.cases) }, () => generateCase(random));
  const answers = await oracle.answer(all.map(({ given }) => given));
  const known = new Map<string, number>();
  const unknown: Finding[] = [];
  for (const [index, { given, piece }] of all.entries()) {
    const [mine, ansible] = [ours(given), answers[index] ?? { error: 'MISSING' }];
    if (agree(mine, ansible)) continue;
    const finding = { given, piece, mine, ansible };
    const title = titleOf(finding);
    if (title === undefined) unknown.push(finding);
    else known.set(title, (known.get(title) ?? 0) + 1);
  }
  return { unknown, known };
}

/** Compares our engine with ansible-core on random templates. Resolves with whether they agree. */
async function main(): Promise<boolean> {
  const begin = performance.now();
  const oracle = new Oracle(options.python);
  try {
    const { unknown, known } = await compare(oracle);
    const seen = new Set<string>();
    for (const finding of unknown.slice(0, Number(options.show))) {
      const smallest = await shrink(finding, oracle, (each) => titleOf(each) !== undefined);
      if (!seen.has(smallest.given.template)) report(smallest);
      seen.add(smallest.given.template);
    }
    for (const [title, count] of known) say(`${String(count).padStart(6)} × ${title}`);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    say(
      `${options.cases} cases with the seed ${options.seed}: ${unknown.length} undocumented differences, ${seconds} s`,
    );
    return unknown.length === 0;
  } finally {
    oracle.stop();
  }
}

process.exitCode = (await main()) ? 0 : 1;
