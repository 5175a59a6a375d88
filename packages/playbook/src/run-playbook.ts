import { readFile } from 'node:fs/promises';
import type { RunEvent, RunResult } from './events.js';
import type { Controller } from './modules/module.js';
import type { Inventory } from './inventory/inventory.js';
import { describeProblem, PlaybookError } from './parse/problem.js';
import { readPlaybook } from './parse/read-playbook.js';
import type { Playbook } from './parse/tree.js';
import { Host } from './run/host.js';
import { isPlaybookFault, runPlay } from './run/play.js';
import { Run } from './run/run.js';
import { CancelledError } from './transport/errors.js';
import type { Transport } from './transport/transport.js';
import { playbookFolder } from './vars/playbook-folder.js';
import { readVars, type Vars } from './vars/run-vars.js';

export type { HostStats, RunEvent, RunFailure, RunResult } from './events.js';
export type { Inventory } from './inventory/inventory.js';
export type { Vars } from './vars/run-vars.js';

const MEBIBYTE = 1024 * 1024;

/** A playbook file; its folder is `playbook_dir`. */
export interface PlaybookSource {
  readonly path: string;
  /** The text, when it is not to be read from the file. */
  readonly text?: string;
}

export interface RunOptions {
  readonly transport: Transport;
  /** Ends the run and kills the remote process group within 2 s. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: (event: RunEvent) => void;
  /** Nothing outside of the playbook's folder is read. @default true */
  readonly confined?: boolean;
  /** Most bytes that one task may print. @default 1 MiB */
  readonly outputCapBytes?: number;
  /** Predict only (`--check`). @default false */
  readonly checkMode?: boolean;
  /** Results say what was and what is (`--diff`). @default false */
  readonly diffMode?: boolean;
  /** Only tasks with one of these tags (`all`, `tagged`, `untagged` too). @default ['all'] */
  readonly tags?: readonly string[];
  readonly skipTags?: readonly string[];
  /** Skips what stands before the first task of this name (fnmatch). */
  readonly startAtTask?: string;
  /** A host pattern that narrows every play. */
  readonly limit?: string;
  /** Most hosts at work at the same time. @default 20 */
  readonly forks?: number;
  readonly forceHandlers?: boolean;
  /** What modules may do on this machine. Default: nothing, whatever `confined` says. */
  readonly controller?: Controller;
}

function outcomeOf(run: Run, matched: number): RunResult['outcome'] {
  const hosts = run.settings.hosts;
  if (hosts.some((host) => host.stats.failed > 0)) return 'failed';
  if (hosts.some((host) => host.gone && host.stats.unreachable > 0)) return 'unreachable';
  return matched === 0 || run.failures.length > 0 ? 'failed' : 'succeeded';
}

async function runPlays(run: Run, playbook: Playbook): Promise<RunResult['outcome']> {
  let matched = 0;
  for (const problem of playbook.deprecations)
    run.emit({ kind: 'deprecation', message: describeProblem(problem) });
  for (const problem of playbook.warnings) run.emit({ kind: 'warning', message: describeProblem(problem) });
  try {
    for (const play of playbook.plays) matched += await runPlay(run, play);
  } catch (error) {
    if (error instanceof CancelledError) return 'cancelled';
    if (!isPlaybookFault(error)) throw error;
    run.failures.push({ host: '', task: '', message: error.message });
    return 'failed';
  }
  if (matched === 0) {
    // Ansible calls this a success; a machine that nobody configured must not count as configured.
    run.failures.push({
      host: '',
      task: '',
      message: `no host of the inventory matches a play of ${playbook.path}`,
    });
  }
  return outcomeOf(run, matched);
}

/**
 * Runs a playbook (Ansible 2.14's language) on the hosts of the inventory. What goes wrong on a machine or in the
 * playbook is in the result; rejects only for our own bugs. The transport stays open.
 */
export async function runPlaybook(
  source: PlaybookSource,
  inventory: Inventory,
  vars: Vars,
  options: RunOptions,
): Promise<RunResult> {
  const {
    transport,
    signal,
    onEvent = () => undefined,
    confined = true,
    outputCapBytes = MEBIBYTE,
  } = options;
  const { checkMode = false, diffMode = false, controller } = options;
  const startedMs = Date.now();
  const hosts = inventory.hosts.map((host) => new Host(host));
  const { path } = source;
  const extraVars = readVars(vars);
  const folder = playbookFolder(path, confined);
  const run = new Run({
    ...{ transport, signal, onEvent, outputCapBytes, path, folder, extraVars, hosts },
    ...{ checkMode, diffMode, controller },
  });
  const end = (outcome: RunResult['outcome']): RunResult => {
    const stats = Object.fromEntries(hosts.map((host) => [host.name, host.stats]));
    for (const host of hosts) run.emit({ kind: 'recap', host: host.name, detail: { ...host.stats } });
    return { outcome, stats, failures: run.failures, durationMs: Date.now() - startedMs };
  };
  try {
    const playbook = readPlaybook(path, source.text ?? (await readFile(path, 'utf8')));
    return end(await runPlays(run, playbook));
  } catch (error) {
    const message = playbookProblem(error, path);
    if (message === undefined) throw error;
    run.failures.push({ host: '', task: '', message });
    return end('failed');
  }
}

function playbookProblem(error: unknown, path: string): string | undefined {
  if (error instanceof PlaybookError) return error.message;
  const isMissing =
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'EACCES');
  return isMissing ? `cannot read the playbook ${path}: ${String(error.code)}` : undefined;
}
