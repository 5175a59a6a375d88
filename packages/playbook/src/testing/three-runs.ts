import { expect } from 'vitest';
import type { LabOptions, LabRun, PlaybookLab } from './playbook-lab.js';

/** A task to be predicted, done and repeated. */
interface Trial {
  readonly lab: PlaybookLab;
  /** One task in YAML, without the dash. */
  readonly task: string;
  /** What must be the same before and after check mode. */
  readonly observe: () => Promise<string>;
  readonly options?: LabOptions;
}

/** What the first result of a run holds. */
export function firstDetail(run: LabRun): Record<string, unknown> {
  return run.events.find(({ kind }) => kind === 'result')?.detail ?? {};
}

const statusOf = (run: LabRun) => run.results.map((result) => result.split(': ').at(-1));

/**
 * Runs a task in check mode, in earnest and once more: it must predict a change without making it, make it, and find nothing
 * left to do. Gives the runs.
 */
export async function threeRuns({
  lab,
  task,
  observe,
  options = {},
}: Trial): Promise<{ predicted: LabRun; done: LabRun }> {
  const before = await observe();
  const predicted = await lab.run(`- ${task}`, { ...options, checkMode: true });
  expect([predicted.failures, statusOf(predicted)]).toEqual([[], ['changed']]);
  expect(await observe()).toBe(before);
  const done = await lab.run(`- ${task}`, options);
  const again = await lab.run(`- ${task}`, options);
  expect([done.failures, statusOf(done), again.failures, statusOf(again)]).toEqual([
    [],
    ['changed'],
    [],
    ['ok'],
  ]);
  return { predicted, done };
}
