import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Controller } from '../modules/module.js';
import { runPlaybook, type RunEvent, type RunResult, type Vars } from '../run-playbook.js';
import { createSshTransport } from '../transport/ssh.js';
import type { Transport } from '../transport/transport.js';
import { startSshd, type TestSshd } from './sshd.js';

/** What a run in the lab has left behind. */
export interface LabRun extends RunResult {
  readonly events: readonly RunEvent[];
  /** `name: status` of every result, in order. */
  readonly results: readonly string[];
}

/** A real sshd, a transport to it, and a folder for the files of one suite. */
export interface PlaybookLab {
  readonly transport: Transport;
  /** On the machine, which is this one. */
  readonly folder: string;
  /** Runs the tasks (YAML, a list) as the user who logs in; `files` are put beside the playbook. */
  run(tasks: string, options?: LabOptions): Promise<LabRun>;
  close(): Promise<void>;
}

export interface LabOptions {
  readonly vars?: Vars;
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** More keywords of the play, YAML with two blanks in front. */
  readonly play?: string;
  readonly hosts?: readonly string[];
  readonly signal?: AbortSignal;
  readonly outputCapBytes?: number;
  readonly checkMode?: boolean;
  readonly diffMode?: boolean;
  readonly controller?: Controller;
}

function indented(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/** Opens a lab on a sshd that becomes the lab's own. Default: one that acts on this very machine. */
export async function openPlaybookLab(start: () => Promise<TestSshd> = startSshd): Promise<PlaybookLab> {
  const sshd = await start();
  const transport = createSshTransport({ targetFor: () => sshd.target });
  const folder = await mkdtemp(join(sshd.folder, 'machine-'));
  return {
    transport,
    folder,
    async run(tasks, { vars = {}, files = {}, play = '', hosts = ['machine'], ...options } = {}) {
      const home = await mkdtemp(join(sshd.folder, 'playbook-'));
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(home, name)), { recursive: true });
        await writeFile(join(home, name), content);
      }
      const text = `- hosts: all\n  gather_facts: no\n${play}\n  tasks:\n${indented(tasks)}\n`;
      const events: RunEvent[] = [];
      const trusted = { dir: folder, ...vars.trusted };
      const result = await runPlaybook(
        { path: join(home, 'playbook.yaml'), text },
        { hosts: hosts.map((name) => ({ name })) },
        { ...vars, trusted },
        { transport, onEvent: (event) => events.push(event), ...options },
      );
      const results = events.flatMap(({ kind, task, status }) =>
        kind === 'result' ? [`${task ?? ''}: ${status ?? ''}`] : [],
      );
      return { ...result, events, results };
    },
    async close() {
      await transport.close();
      await rm(folder, { recursive: true, force: true });
      await sshd.stop();
    },
  };
}
