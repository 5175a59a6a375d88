import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { inventoryVariables } from './inventory/inventory-variables.js';
import type { HostStats, RunEvent, RunResult } from './events.js';
import type { Controller } from './modules/module.js';
import type { Inventory } from './inventory/inventory.js';
import { describeProblem, PlaybookError } from './parse/problem.js';
import { readPlaybook } from './parse/read-playbook.js';
import type { Playbook } from './parse/tree.js';
import { isPlaybookFault, runPlay } from './run/play.js';
import { Run } from './run/run.js';
import { RunInventory } from './run/run-inventory.js';
import type { RunSettings } from './run/settings.js';
import { CancelledError } from './transport/errors.js';
import type { Transport } from './transport/transport.js';
import { varsFileReader } from './vars/vars-file-reader.js';
import type { Decrypt } from './vault/decrypt.js';
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
  /** Asks `controller.ask` before each task whether it is to be run. @default false */
  readonly step?: boolean;
  /** A host pattern that narrows every play. */
  readonly limit?: string;
  /** Most hosts at work at the same time (Ansible's forks is 5; ours cost a channel, not a process). @default 20 */
  readonly forks?: number;
  readonly forceHandlers?: boolean;
  /** What modules may do on this machine. Default: nothing, whatever `confined` says. */
  readonly controller?: Controller;
  /** More folders with roles, after `roles/` beside the playbook. */
  readonly rolesPath?: readonly string[];
  /** What holds where no play says anything else (`--become`, `--user`, `--connection`). */
  readonly keywords?: Partial<
    Record<
      'become' | 'become_user' | 'become_method' | 'remote_user' | 'connection' | 'timeout',
      string | boolean
    >
  >;
  /** Given to sudo or su when no variable says otherwise. */
  readonly becomePassword?: string;
  /** `-v` once for each. @default 0 */
  readonly verbosity?: number;
  /** Opens vaulted files and values. Default: there is no vault password. */
  readonly decrypt?: Decrypt;
  /** Dictionaries of the inventory replace each other or are joined. @default 'replace' */
  readonly hashBehaviour?: 'replace' | 'merge';
  /** Reads the inventory again (meta: refresh_inventory). Default: it stays as it is. */
  readonly rereadInventory?: () => Promise<Inventory>;
  /** The file of settings in use, for `ansible_config_file`. */
  readonly configFile?: string;
  /** A Python of this machine, for `ansible_playbook_python`. */
  readonly playbookPython?: string;
}

const FORKS = 20;

function outcomeOf(run: Run, matched: number): RunResult['outcome'] {
  const hosts = run.settings.inventory.all;
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
    for (const play of playbook.plays) {
      const end = await runPlay(run, play);
      matched += end.matched;
      if (end.stopsRun) break;
    }
  } catch (error) {
    if (error instanceof CancelledError) return 'cancelled';
    if (!isPlaybookFault(error)) throw error;
    run.failures.push({ host: '', task: '', message: error.message });
    return 'failed';
  }
  if (matched === 0) {
    // Ansible calls this a success; a machine that nobody configured must not count as configured.
    const message = `no host of the inventory matches a play of ${playbook.path}`;
    run.failures.push({ host: '', task: '', message });
  }
  return outcomeOf(run, matched);
}

function inventoryOf(inventory: Inventory, path: string, options: RunOptions): RunInventory {
  const { confined = true, decrypt, hashBehaviour = 'replace', rereadInventory } = options;
  const playbookFolder = resolve(dirname(path));
  const readFile = varsFileReader({ decrypt, ...(confined && { confinedTo: playbookFolder }) });
  const read = (current: Inventory, hostName: string) =>
    inventoryVariables(current, { hostName, playbookFolder, readFile, hashBehaviour });
  return new RunInventory(inventory, read, rereadInventory);
}

function settingsOf(path: string, inventory: Inventory, vars: Vars, options: RunOptions): RunSettings {
  const { transport, signal, onEvent = () => undefined, outputCapBytes = MEBIBYTE } = options;
  const { checkMode = false, diffMode = false, controller, limit, startAtTask, decrypt } = options;
  const { confined = true, forks = FORKS, forceHandlers = false, verbosity = 0 } = options;
  const { tags = [], skipTags = [], step = false, becomePassword, configFile, playbookPython } = options;
  return {
    ...{ transport, signal, onEvent, outputCapBytes, checkMode, diffMode, controller, limit, startAtTask },
    ...{ confined, forks, forceHandlers, verbosity, skipTags, step, becomePassword, configFile, decrypt },
    tags: tags.length === 0 ? ['all'] : tags,
    playbookPython,
    root: resolve(dirname(path)),
    extraVars: readVars(vars),
    inventory: inventoryOf(inventory, path, options),
  };
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
  const startedMs = Date.now();
  const { path } = source;
  const settings = settingsOf(path, inventory, vars, options);
  const run = new Run(settings);
  const end = (outcome: RunResult['outcome']): RunResult => {
    const touched = (stats: HostStats) => Object.values(stats).some((count) => count > 0);
    const hosts = settings.inventory.all.filter(
      ({ name, stats }) => settings.inventory.has(name) || touched(stats),
    );
    const stats = Object.fromEntries(hosts.map((host) => [host.name, host.stats]));
    for (const { name, stats: counted } of hosts)
      if (touched(counted)) run.emit({ kind: 'recap', host: name, detail: { ...counted } });
    const customStats = run.customStats.toRecord();
    return { outcome, stats, failures: run.failures, customStats, durationMs: Date.now() - startedMs };
  };
  try {
    const { extraVars, confined, decrypt } = settings;
    const { rolesPath = [], keywords = {} } = options;
    const text = source.text ?? (await readFile(path, 'utf8'));
    const playbook = readPlaybook(path, text, { extraVars, confined, decrypt, rolesPath, keywords });
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
