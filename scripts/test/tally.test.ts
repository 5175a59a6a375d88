import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tallyPlaywright, tallyVitest } from './tally.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-tally-test-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function report(content: unknown): Promise<string> {
  const path = join(folder, 'report.json');
  await writeFile(path, JSON.stringify(content));
  return path;
}

it('counts a file that did not load as one failure', async () => {
  const path = await report({
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ],
  });

  expect(await tallyVitest(path, 1)).toEqual({ passed: 3, failed: 2 });
});

it('never calls a run good that ended with an error', async () => {
  const vitest = await report({ numPassedTests: 3, numFailedTests: 0, testResults: [] });
  expect(await tallyVitest(vitest, 1)).toEqual({ passed: 3, failed: 1 });

  const playwright = await report({ stats: { expected: 2, unexpected: 0, flaky: 0 }, errors: [] });
  expect(await tallyPlaywright(playwright, 1)).toEqual({ passed: 2, failed: 1 });
});

it('counts a run without a report as one failure', async () => {
  expect(await tallyVitest(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
});
