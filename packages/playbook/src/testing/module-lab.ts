import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Environment } from '@tenon/jinja/environment';
import { fromJs, type Value } from '@tenon/jinja/values';
import {
  isConversation,
  ModuleError,
  type Controller,
  type Module,
  type ModuleResult,
} from '../modules/module.js';
import { createSshTransport } from '../transport/ssh.js';
import type { RemoteOutput, RemoteRequest } from '../transport/transport.js';
import { LayeredScope } from '../vars/layered-scope.js';
import { playbookFolder } from '../vars/playbook-folder.js';
import { startSshd } from './sshd.js';

const OUTPUT_CAP_BYTES = 1024 * 1024;

/** What a module said, and the exit status of each of its trips: 0 says that no other was to come. */
export interface ModuleRun extends ModuleResult {
  readonly trips: readonly number[];
}

/** One module at a time on a real sshd, without a playbook: for its trips, its diffs and exact values. */
export interface ModuleLab {
  /** On the machine, which is this one. */
  readonly folder: string;
  /** Beside the playbook there would be. */
  readonly beside: string;
  run(
    module: Module,
    args: Readonly<Record<string, unknown>>,
    options?: ModuleRunOptions,
  ): Promise<ModuleRun>;
  close(): Promise<void>;
}

interface ModuleRunOptions {
  readonly checkMode?: boolean;
  readonly diffMode?: boolean;
  readonly controller?: Controller;
}

/** Arguments are plain data or Values. */
export async function openModuleLab(): Promise<ModuleLab> {
  const sshd = await startSshd();
  const transport = createSshTransport({ targetFor: () => sshd.target });
  const folder = await mkdtemp(join(sshd.folder, 'machine-'));
  const beside = await mkdtemp(join(sshd.folder, 'playbook-'));
  const unknown = () => Promise.reject(new Error('this lab never loses its machine'));
  return {
    folder,
    beside,
    async run(module, args, { checkMode = false, diffMode = false, controller } = {}) {
      const connection = await transport.connect('machine', {});
      const trips: number[] = [];
      const send = async (request: Pick<RemoteRequest, 'script' | 'stdin'> & { isolated?: boolean }) => {
        const output = await connection.run(
          { isolated: false, ...request, become: undefined },
          { outputCapBytes: OUTPUT_CAP_BYTES },
        );
        trips.push(output.rc);
        return output;
      };
      const raw = new Map<string, Value>(Object.entries(args).map(([name, value]) => [name, fromJs(value)]));
      const begun = await module.start(raw, {
        ...{
          jinja: new Environment(),
          scope: new LayeredScope([]),
          hostName: 'machine',
          checkMode,
          diffMode,
        },
        ...{
          folder: playbookFolder({ searchPath: [beside], confined: true, root: beside }),
          controller,
          signal: undefined,
          verbosity: 0,
          decrypt: undefined,
        },
        ...{ machine: { reconnect: unknown }, origin: { file: 'playbook.yaml', line: 1 } },
      });
      const result = await finish(begun, send).catch((error: unknown) => {
        if (!(error instanceof ModuleError)) throw error;
        return { changed: false, failed: true, msg: error.message };
      });
      return { ...result, trips };
    },
    async close() {
      await transport.close();
      await rm(folder, { recursive: true, force: true });
      await sshd.stop();
    },
  };
}

async function finish(
  begun: Awaited<ReturnType<Module['start']>>,
  send: (request: { script: string; stdin?: Buffer; isolated?: boolean }) => Promise<RemoteOutput>,
): Promise<ModuleResult> {
  if (isConversation(begun)) {
    let turn = await begun.next();
    while (turn.done !== true) turn = await begun.next(await send(turn.value));
    return turn.value;
  }
  let step = begun;
  while ('plan' in step) step = step.plan.interpret(await send(step.plan));
  return step.result;
}
