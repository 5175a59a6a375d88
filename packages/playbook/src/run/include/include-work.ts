import type { Value } from '@tenon/jinja/values';
import { done, type Module } from '../../modules/module.js';
import type { RawArguments } from '../../modules/read-arguments.js';
import type { Task, Work } from '../../parse/tree.js';
import { Turn } from '../ahead/turn.js';
import type { Host } from '../host.js';
import type { PlayRun } from '../play-run.js';
import { Report } from '../report.js';
import { failedResult, type TaskResult } from '../result.js';
import { announce, isShared } from '../run-task.js';
import { settle } from '../settle.js';
import { doTask } from '../task.js';
import { loadIncluded, IncludeError } from './load-included.js';
import { collect, type Wanted } from './wanted.js';

/** Work that an include has brought in, for the hosts that want it. */
export interface Included {
  readonly work: readonly Work[];
  readonly hosts: readonly Host[];
}

const INCLUDES = new Set(['include_tasks', 'include_role', 'include']);

/** Stands for the include's module: writes down what would be included, with the variables of the loop around it. */
function collector(module: Module, wanted: (args: RawArguments) => void): Module {
  return {
    ...module,
    start: (args) => {
      wanted(args);
      return Promise.resolve(done({ changed: false }));
    },
  };
}

function isWorthTelling(result: TaskResult): boolean {
  return result.failed || result.skipped || result.unreachable;
}

/** What one host wants to include, with the variables of the loop around it. */
interface Wish {
  readonly args: RawArguments;
  readonly local: ReadonlyMap<string, Value>;
  readonly label: string | undefined;
}

/** The variables of the loop, which stand in the result of each item. */
function loopVariablesOf({ value }: TaskResult): ReadonlyMap<string, Value> {
  const own = ['changed', 'failed', 'skipped', 'msg', 'attempts'];
  return new Map(
    [...value].flatMap(([name, each]): [string, Value][] =>
      typeof name === 'string' && !own.includes(name) ? [[name, each]] : [],
    ),
  );
}

/** What a host wants; what goes wrong is told and belongs to it at once. */
async function wishesOf(play: PlayRun, task: Task, host: Host): Promise<readonly Wish[]> {
  const report = new Report(play, task, host);
  const wishes: Wish[] = [];
  let given: RawArguments | undefined;
  let items = 0;
  const args = new Map([...task.args].filter(([name]) => name !== 'apply'));
  const module = collector(task.module, (each) => (given = each));
  const attempt = { play, host, task: { ...task, args, module }, scope: play.scope(host, task) };
  const result = await doTask(
    { ...attempt, local: [], sharers: [host], turn: Turn.first() },
    {
      item(each, label) {
        items++;
        if (isWorthTelling(each)) report.item(each, label);
        else if (given !== undefined) wishes.push({ args: given, local: loopVariablesOf(each), label });
      },
      retry: () => undefined,
    },
  );
  if (!isWorthTelling(result))
    return items === 0 && given !== undefined
      ? [{ args: given, local: new Map(), label: undefined }]
      : wishes;
  if (items > 0) report.loop(result);
  else report.result(result);
  settle({ play, task, host, result, report, sharers: [host] });
  return result.failed ? [] : wishes;
}

/** What cannot be read fails its hosts whatever `ignore_errors` says (Ansible 2.14). */
function failInclude(play: PlayRun, include: Task, { hosts }: Wanted, message: string): void {
  const task = { ...include, keywords: { ...include.keywords, ignore_errors: false } };
  for (const host of hosts) {
    const result = failedResult(message);
    result.value.set('reason', message);
    const report = new Report(play, task, host);
    report.result(result);
    settle({ play, task, host, result, report, sharers: [host] });
  }
}

function load(play: PlayRun, task: Task, wanted: Wanted, kind: 'task' | 'handler'): Included | undefined {
  try {
    const { work, path } = loadIncluded(play, task, wanted, kind);
    // As in Ansible, a role that is included is not counted.
    if (path !== undefined) for (const host of wanted.hosts) host.stats.ok++;
    play.run.emit({
      kind: 'included',
      hosts: wanted.hosts.map((host) => host.name),
      task: play.taskName(task, wanted.hosts[0]),
      module: task.module.name,
      ...(path !== undefined && { path }),
      ...(wanted.label !== undefined && { item: wanted.label }),
    });
    return { work, hosts: wanted.hosts };
  } catch (error) {
    if (!(error instanceof IncludeError)) throw error;
    failInclude(play, task, wanted, error.message);
    return undefined;
  }
}

/** The work that an include task brings in; undefined for every other task. Throws PlaybookError for a file that is wrong. */
export async function includeWork(
  play: PlayRun,
  task: Task,
  hosts: readonly Host[],
  kind: 'task' | 'handler',
): Promise<readonly Included[] | undefined> {
  if (!INCLUDES.has(task.module.name)) return undefined;
  play.run.checkCancelled();
  const { role } = task;
  const here = role === undefined ? hosts : hosts.filter((host) => !play.hasRun(role, host));
  const [first] = here;
  if (first === undefined) return [];
  announce(play, task, first, kind);
  const once = isShared(play, task, first);
  const wanted: Wanted[] = [];
  for (const host of once ? [first] : here) {
    for (const { args, ...loop } of await wishesOf(play, task, host)) collect(wanted, host, args, loop);
  }
  if (once) for (const each of wanted) each.hosts.splice(0, each.hosts.length, ...here);
  return wanted.flatMap((each) => load(play, task, each, kind) ?? []);
}
