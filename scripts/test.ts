import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { build } from './installation/build.ts';
import { messageOf, say, seconds } from './progress.ts';
import { runBrowserTests, runLatencyTests, runVitest } from './test/suites.ts';
import type { Tally } from './test/tally.ts';
import { provideTestEngine } from './test/test-engine.ts';
import { provideTestImage } from './test/test-image.ts';
import { provideTools } from './test/tools.ts';

interface SuiteResult extends Tally {
  name: string;
  ms: number;
}

/** Runs a suite; one that cannot even be started counts as one failure, and the others still run. */
async function runSuite(name: string, run: () => Promise<Tally>): Promise<SuiteResult> {
  const begin = performance.now();
  const tally = await run().catch((error: unknown): Tally => {
    say(messageOf(error));
    return { passed: 0, failed: 1 };
  });
  return { name, ...tally, ms: performance.now() - begin };
}

async function main(): Promise<number> {
  const config = readConfig();
  await provideTools(config.mayInstall, join(tmpdir(), 'tenon-test-apt.log'));
  await build();
  const engine = await provideTestEngine(config.testEngineSocket);
  const results: SuiteResult[] = [];
  try {
    await provideTestImage(engine.socket);
    results.push(await runSuite('unit', () => runVitest({ project: 'unit', engineSocket: engine.socket })));
    results.push(
      await runSuite('integration', () => runVitest({ project: 'integration', engineSocket: engine.socket })),
    );
    results.push(await runSuite('latency', runLatencyTests));
    results.push(await runSuite('browser', () => runBrowserTests(config, engine.socket)));
  } finally {
    await engine.stop();
  }
  say('');
  for (const { name, passed, failed, ms } of results) {
    say(
      `${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${seconds(ms).padStart(8)}`,
    );
  }
  const total = (key: 'passed' | 'failed') => results.reduce((sum, result) => sum + result[key], 0);
  say(`${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 ? 0 : 1;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  say('0 passed, 1 failed');
  process.exit(1);
}
