import { readFile } from 'node:fs/promises';

/** How a suite went. */
export interface Tally {
  passed: number;
  failed: number;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
}

async function readReport<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** A suite that ended badly without a failed test (it did not even load) counts as one failure. */
function atLeastOneFailure(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** Counts what vitest's JSON report says; a file that failed without a failed test in it counts as one. */
export async function tallyVitest(path: string, exitCode: number): Promise<Tally> {
  const report = await readReport<VitestReport>(path);
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return atLeastOneFailure(
    { passed: report.numPassedTests, failed: report.numFailedTests + broken.length },
    exitCode,
  );
}

/** Counts what Playwright's JSON report says; a test that passed only at its second try counts as passed. */
export async function tallyPlaywright(path: string, exitCode: number): Promise<Tally> {
  const report = await readReport<PlaywrightReport>(path);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return atLeastOneFailure({ passed: expected + flaky, failed: unexpected }, exitCode);
}

/** How many tests failed as tests; files that could not even be loaded do not count here. */
export async function countFailedTests(path: string): Promise<number> {
  return (await readReport<VitestReport>(path))?.numFailedTests ?? 0;
}
