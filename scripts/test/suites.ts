import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedEnvironment, root, type Config } from '../config.ts';
import { startThrowaway } from '../installation/throwaway.ts';
import { say } from '../progress.ts';
import { runVisibly } from '../system/command.ts';
import { tallyPlaywright, tallyVitest, type Tally } from './tally.ts';

const reports = join(root, 'node_modules', '.cache', 'tenon-reports');

function program(name: string): string {
  return join(root, 'node_modules', '.bin', name);
}

interface VitestOptions {
  project: 'unit' | 'integration';
  engineSocket: string | undefined;
  /** Parts of paths, which narrow it to files of such names. */
  filters?: string[];
  env?: Record<string, string>;
}

/** Runs one project of vitest.config.ts. */
export async function runVitest({
  project,
  engineSocket,
  filters = [],
  env: more = {},
}: VitestOptions): Promise<Tally> {
  await mkdir(reports, { recursive: true });
  const report = join(reports, `${project}.json`);
  await rm(report, { force: true });
  const env = {
    ...inheritedEnvironment(),
    ...(engineSocket === undefined ? {} : { TENON_TEST_ENGINE_SOCKET: engineSocket }),
    ...more,
  };
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ];
  return tallyVitest(report, await runVisibly(program('vitest'), args, { cwd: root, env }));
}

/** How long a save takes to become a job. By itself, because beside other suites it would measure those. */
export function runLatencyTests(): Promise<Tally> {
  return runVitest({
    project: 'integration',
    engineSocket: undefined,
    filters: ['apps/api/src/enqueue'],
    env: { TENON_TEST_LATENCY: '1' },
  });
}

/** Hostile texts through the modules that write them: `count` of each kind. */
export function runHostileTests(count: number): Promise<Tally> {
  return runVitest({
    project: 'integration',
    engineSocket: undefined,
    filters: ['src/modules/hostile-values'],
    env: { TENON_TEST_STRINGS: String(count) },
  });
}

/** Runs projects of e2e/playwright.config.ts in Chromium against a running installation. */
export async function runPlaywright(projects: string[], url: string, password: string): Promise<Tally> {
  await mkdir(reports, { recursive: true });
  const report = join(reports, 'e2e.json');
  await rm(report, { force: true });
  const env = {
    ...inheritedEnvironment(),
    TENON_URL: url,
    TENON_ADMIN_PASSWORD: password,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const args = [
    'test',
    '--config=e2e/playwright.config.ts',
    '--reporter=list,json',
    ...projects.map((name) => `--project=${name}`),
  ];
  return tallyPlaywright(report, await runVisibly(program('playwright'), args, { cwd: root, env }));
}

/** Walks the pages and the tutorial in Chromium against an installation of its own with real instances. */
export async function runBrowserTests(config: Config, engineSocket: string | undefined): Promise<Tally> {
  const installation = await startThrowaway('e2e', {
    ...config,
    engineSocket: engineSocket ?? config.engineSocket,
  });
  say(`The tests in the browser run against ${installation.url}`);
  try {
    return await runPlaywright(['pages', 'tutorial'], installation.url, 'letmein');
  } finally {
    await installation.discard();
  }
}
