import { readFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inheritedEnvironment, readConfig, root } from './config.ts';
import { copySources } from './mutants/copy.ts';
import { messageOf, say, seconds, step } from './progress.ts';
import { runCommand } from './system/command.ts';
import { countFailedTests } from './test/tally.ts';
import { provideTestEngine } from './test/test-engine.ts';

/** A change that breaks a promise of ours, and the tests that have to notice. */
interface Mutant {
  name: string;
  path: string;
  /** Parts of paths, out of the line "Tests:" above the patch. */
  tests: string[];
}

const folder = join(root, 'test', 'mutants');

async function readMutants(): Promise<Mutant[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.patch')).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const tests = /^Tests: (.+)$/m.exec(await readFile(path, 'utf8'))?.[1];
      if (tests === undefined)
        throw new Error(`cannot use ${path}: it lacks the line "Tests: <parts of paths>"`);
      return { name: basename(name, '.patch'), path, tests: tests.split(' ') };
    }),
  );
}

interface TestRun {
  passed: boolean;
  failedTests: number;
  output: string;
}

/** Runs tests in a copy, up to the first that fails. */
async function runTests(copy: string, tests: string[], engineSocket: string | undefined): Promise<TestRun> {
  const env = {
    ...inheritedEnvironment(),
    ...(engineSocket === undefined ? {} : { TENON_TEST_ENGINE_SOCKET: engineSocket }),
  };
  const vitest = join(root, 'node_modules', '.bin', 'vitest');
  const report = join(copy, 'report.json');
  const args = [
    'run',
    '--bail=1',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...tests,
  ];
  const { code, output } = await runCommand(vitest, args, { cwd: copy, env });
  return { passed: code === 0, failedTests: await countFailedTests(report), output };
}

/** Whether the tests notice the mutant: they must fail by a test, not because nothing could be loaded. */
async function isNoticed(mutant: Mutant, engineSocket: string | undefined): Promise<boolean> {
  const begin = performance.now();
  const copy = await copySources();
  try {
    const applied = await runCommand('git', ['apply', '--recount', mutant.path], { cwd: copy });
    if (applied.code !== 0) throw new Error(`cannot apply ${mutant.path}: ${applied.output}`);
    const { failedTests, output } = await runTests(copy, mutant.tests, engineSocket);
    const noticed = failedTests > 0;
    say(
      `${noticed ? 'noticed ' : 'SURVIVED'} ${seconds(performance.now() - begin).padStart(7)}  ${mutant.name}`,
    );
    if (!noticed) say(output);
    return noticed;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function areTestsGood(mutants: Mutant[], engineSocket: string | undefined): Promise<boolean> {
  const copy = await copySources();
  try {
    const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
    const { passed, output } = await runTests(copy, tests, engineSocket);
    if (!passed) say(output);
    return passed;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function main(): Promise<boolean> {
  const config = readConfig();
  const mutants = await readMutants();
  const engine = await provideTestEngine(config.testEngineSocket);
  try {
    // Otherwise a test that fails anyway would pass for one that notices.
    const good = await step('Running the tests without mutants', () => areTestsGood(mutants, engine.socket));
    if (!good) throw new Error('cannot judge mutants: the tests fail without them');
    const noticed: boolean[] = [];
    for (const mutant of mutants) noticed.push(await isNoticed(mutant, engine.socket));
    return noticed.length > 0 && noticed.every(Boolean);
  } finally {
    await engine.stop();
  }
}

try {
  const good = await main();
  say(good ? 'Every mutant was noticed.' : 'A mutant survived.');
  process.exit(good ? 0 : 1);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
