import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Inventory } from '../inventory/inventory.js';
import { runPlaybook, type RunEvent, type RunOptions, type RunResult, type Vars } from '../run-playbook.js';
import { UnreachableError } from '../transport/errors.js';
import type { Transport } from '../transport/transport.js';

/** What a run has left behind. */
export interface ProjectRun extends RunResult {
  readonly events: readonly RunEvent[];
  /** `name: status`, of more than one host `host name: status`, of every result, in order. */
  readonly results: readonly string[];
  /** What debug has said, in order. */
  readonly said: readonly unknown[];
}

export interface ProjectOptions extends Partial<RunOptions> {
  readonly hosts?: readonly string[];
  readonly inventory?: Inventory;
  readonly vars?: Vars;
}

/** No machine at all: for what the engine does by itself. */
const nowhere: Transport = {
  connect: (host) => Promise.reject(new UnreachableError('refused', `there is no machine ${host}`)),
  close: () => Promise.resolve(),
};

function saidBy({ kind, module, detail }: RunEvent): unknown[] {
  return kind === 'result' && module === 'debug' && detail !== undefined && 'msg' in detail
    ? [detail.msg]
    : [];
}

/** Writes the files of a project into a folder of its own and runs its `site.yml`. */
export async function runProject(
  files: Readonly<Record<string, string>>,
  { hosts = ['one'], inventory, vars = {}, ...options }: ProjectOptions = {},
): Promise<ProjectRun> {
  const folder = await mkdtemp(join(tmpdir(), 'tenon-project-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    const events: RunEvent[] = [];
    const result = await runPlaybook(
      { path: join(folder, 'site.yml') },
      inventory ?? { hosts: hosts.map((name) => ({ name })) },
      vars,
      { transport: nowhere, onEvent: (event) => events.push(event), ...options },
    );
    const several = (inventory?.hosts ?? hosts).length > 1;
    const results = events.flatMap(({ kind, host = '', task = '', status = '' }) =>
      kind === 'result' ? [`${several ? `${host} ` : ''}${task}: ${status}`] : [],
    );
    return { ...result, events, results, said: events.flatMap(saidBy) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
