import { TemplateError } from '@tenon/jinja/errors';
import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { InventoryError } from '../inventory/inventory-error.js';
import { matchHosts } from '../inventory/match-hosts.js';
import { ModuleError } from '../modules/module.js';
import { setup } from '../modules/setup.js';
import { Problems } from '../parse/problem.js';
import type { Play, Task } from '../parse/tree.js';
import { parseYaml, toValue } from '../parse/yaml.js';
import { LayeredScope } from '../vars/layered-scope.js';
import { flushHandlers } from './handlers.js';
import type { Host } from './host.js';
import { runTask } from './run-task.js';
import type { PlayRun, Run } from './run.js';
import { runWork } from './work.js';

/** The hosts of a play. `hosts` is templated with the run's own variables only (Ansible 2.14). */
function hostsOf(run: Run, play: Play): Host[] {
  const scope = new LayeredScope([run.settings.extraVars]);
  const templated = run.jinja.templateValue(play.hosts, scope, run.origin(play.at, play.file));
  const written = Array.isArray(templated) ? templated : [templated];
  const { hosts } = run.settings;
  const isData = (pattern: Value) => isStr(pattern) && hasTaint(pattern);
  // Data may be the name of one host; it is no pattern.
  const named = new Set(written.filter(isData).map((pattern) => plain(pyStr(pattern))));
  const patterns = written.filter((pattern) => !isData(pattern)).map((pattern) => plain(pyStr(pattern)));
  const matched = new Set(matchHosts(patterns, { hosts }).map(({ name }) => name));
  return hosts.filter(({ name }) => matched.has(name) || named.has(name));
}

async function readVarsFile(
  run: Run,
  written: Value,
  scope: LayeredScope,
): Promise<ReadonlyMap<string, Value>> {
  const candidates = Array.isArray(written) ? written : [written];
  let problem: ModuleError | undefined;
  for (const candidate of candidates) {
    try {
      const path = await run.settings.folder.find(pyStr(run.jinja.templateValue(candidate, scope)), 'vars');
      const text = (await run.settings.folder.read(path)).toString();
      const problems = new Problems(path, text);
      const node = parseYaml(text, problems);
      if (problems.errors[0] !== undefined) throw new ModuleError(`${path}: ${problems.errors[0].message}`);
      if (node !== undefined && node.kind !== 'map')
        throw new ModuleError(`${path} must be a dictionary of variables`);
      return new Map(node?.entries.map((entry) => [entry.key, toValue(entry.value)]));
    } catch (error) {
      if (!(error instanceof ModuleError)) throw error;
      problem = error;
    }
  }
  throw problem ?? new ModuleError('vars_files names no file');
}

async function readVarsFiles(run: Run, play: Play): Promise<ReadonlyMap<string, Value>> {
  const variables = new Map<string, Value>();
  for (const written of play.varsFiles) {
    const scope = new LayeredScope([run.settings.extraVars, variables, play.vars]);
    for (const [name, value] of await readVarsFile(run, written, scope)) variables.set(name, value);
  }
  return variables;
}

/** A section of tasks and then its handlers; hosts that failed run theirs only with force_handlers. */
async function runSections(play: PlayRun): Promise<void> {
  const { run } = play;
  for (const section of play.play.sections) {
    await runWork(play, section, play.hosts);
    const [first] = play.hosts;
    const forced =
      first === undefined ? false : (run.flag(play.play.forceHandlers, run.scope(play, first)) ?? false);
    const failures = play.hosts.map((host) => host.failure);
    if (forced) for (const host of play.hosts) host.failure = undefined;
    await flushHandlers(play, play.hosts);
    if (forced) play.hosts.forEach((host, index) => (host.failure ??= failures[index]));
  }
}

async function gatherFacts(play: PlayRun): Promise<void> {
  const [first] = play.hosts;
  if (first === undefined || play.run.flag(play.play.gatherFacts, play.run.scope(play, first)) === false)
    return;
  const task: Task = {
    ...play.play.inherited,
    kind: 'task',
    name: 'Gathering Facts',
    module: setup,
    args: new Map(),
    moreArgs: undefined,
    loop: undefined,
    register: undefined,
    listen: [],
    changedWhen: [],
    failedWhen: [],
    retry: undefined,
    at: play.play.at,
    file: play.play.file,
  };
  await runTask(play, task, play.hosts);
}

/** Runs a play; gives how many hosts it was for. Throws TemplateError and ModuleError for what cannot begin. */
export async function runPlay(run: Run, play: Play): Promise<number> {
  const hosts = hostsOf(run, play);
  const fromFiles = await readVarsFiles(run, play);
  const playRun: PlayRun = { run, play, hosts: hosts.filter((host) => host.active), fromFiles };
  const extra = new LayeredScope([run.settings.extraVars]);
  const name = run.nameOf(play.name, extra) ?? run.nameOf(play.hosts, extra) ?? '';
  run.emit({ kind: 'play', play: name });
  if (hosts.length === 0)
    run.emit({ kind: 'warning', play: name, message: 'no host of the inventory matches this play' });
  await gatherFacts(playRun);
  await runSections(playRun);
  for (const host of playRun.hosts) {
    host.ended = false;
    if (host.failure === undefined || host.gone) continue;
    host.stats.failed++;
    run.failures.push({ host: host.name, task: host.failure.task, message: host.failure.message });
    host.gone = true;
  }
  return hosts.length;
}

/** Errors that are the playbook's fault and not ours. */
export function isPlaybookFault(error: unknown): error is TemplateError | ModuleError | InventoryError {
  const faults = [TemplateError, ModuleError, InventoryError];
  return faults.some((fault) => error instanceof fault);
}
