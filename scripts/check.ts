import { join } from 'node:path';
import { inheritedEnvironment, root } from './config.ts';
import { isReferenceCurrent } from './check/reference.ts';
import { isSchemaCurrent } from './check/schema.ts';
import { messageOf, say, seconds } from './progress.ts';
import { runCommand } from './system/command.ts';

interface Check {
  name: string;
  /** Returns what is wrong, '' when all is well. */
  run: () => Promise<string>;
}

/** A check that is a program: what it prints is what is wrong, when it ends badly. */
function program(name: string, command: string, args: string[]): Check {
  return {
    name,
    run: async () => {
      const env = { ...inheritedEnvironment(), FORCE_COLOR: '0' };
      const { code, output } = await runCommand(join(root, 'node_modules', '.bin', command), args, {
        cwd: root,
        env,
      });
      return code === 0 ? '' : output || `${command} ended with ${code}`;
    },
  };
}

const types = program('types', 'tsc', ['-b']);

/** What can be looked at at the same time, once the types are built. */
const others: Check[] = [
  program('lint', 'eslint', [
    '.',
    '--max-warnings=0',
    '--cache',
    '--cache-location=node_modules/.cache/eslint/',
  ]),
  program('format', 'prettier', ['--check', '--cache', '--log-level=warn', '.']),
  program('unused code', 'knip', []),
  program('import rules', 'depcruise', ['apps', 'packages', '--config', '.dependency-cruiser.cjs']),
  { name: 'generated schema', run: isSchemaCurrent },
  { name: 'module reference', run: isReferenceCurrent },
  program('playbooks', 'tenon-playbook', ['lint', '--quiet', 'playbooks']),
];

async function perform({ name, run }: Check): Promise<boolean> {
  const begin = performance.now();
  const wrong = await run().catch((error: unknown) => messageOf(error));
  const verdict = wrong === '' ? 'good' : 'WRONG';
  say(`${name.padEnd(18)} ${verdict.padEnd(6)} ${seconds(performance.now() - begin).padStart(7)}`);
  if (wrong !== '') say(`${wrong.trimEnd()}\n`);
  return wrong === '';
}

// The types come first: the schema is printed by what they build.
const results = [await perform(types)];
results.push(...(await Promise.all(others.map(perform))));
process.exit(results.every(Boolean) ? 0 : 1);
