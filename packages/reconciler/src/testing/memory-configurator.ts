import type { ConfigureJob, ConfigureResult, Configurator } from '../configurator-port.js';
import type { NumberedEvent, RunEnd, RunLog, RunStart } from '../run-log-port.js';

/** A playbook engine that only remembers what it was asked to do. */
export interface MemoryConfigurator extends Configurator {
  jobs: ConfigureJob[];
  /** Changes what a playbook file holds. */
  editPlaybook(playbook: string, content: string): void;
  /** What the next runs come to, in order; afterwards they succeed. */
  results: ConfigureResult[];
  /** Runs in the middle of every run. */
  during(hook: (job: ConfigureJob) => Promise<void>): void;
}

export function memoryConfigurator(): MemoryConfigurator {
  const contents = new Map<string, string>();
  const jobs: ConfigureJob[] = [];
  const results: ConfigureResult[] = [];
  let hook: (job: ConfigureJob) => Promise<void> = () => Promise.resolve();
  return {
    jobs,
    results,
    editPlaybook: (playbook, content) => {
      contents.set(playbook, content);
    },
    during: (next) => (hook = next),
    hash: (playbook) => Promise.resolve(contents.get(playbook) ?? 'first version'),
    run: async (job) => {
      jobs.push(job);
      await hook(job);
      return results.shift() ?? { outcome: 'succeeded', stats: {}, failures: [] };
    },
  };
}

export interface MemoryRun extends RunStart {
  events: NumberedEvent[];
  end: RunEnd | null;
}

/** Runs in memory, in the order in which they were opened; ids count from 1. */
export function memoryRunLog(): RunLog & { runs: MemoryRun[] } {
  const runs: MemoryRun[] = [];
  const runOf = (id: number): MemoryRun => {
    const run = runs[id - 1];
    if (run === undefined) throw new Error(`no run ${id}`);
    return run;
  };
  return {
    runs,
    open: (start) => Promise.resolve(runs.push({ ...start, events: [], end: null })),
    append: (id, events) => {
      runOf(id).events.push(...events);
      return Promise.resolve();
    },
    close: (id, end) => {
      runOf(id).end = end;
      return Promise.resolve();
    },
  };
}
