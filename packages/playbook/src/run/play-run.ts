import { dirname } from 'node:path';
import { plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import type { Role } from '../parse/roles/role.js';
import { tasksIn, type Play, type Task } from '../parse/tree.js';
import type { LayeredScope, Variables } from '../vars/layered-scope.js';
import type { Host } from './host.js';
import { Templates, type Run, type Surroundings } from './run.js';
import { hostScope, scopeOf } from './variables.js';
import type { VarsFiles } from './vars-files.js';

/** A play that is being run on a batch of hosts. */
export class PlayRun {
  /** The whole play is to end, not this batch alone. */
  endsPlay = false;
  /** any_errors_fatal or max_fail_percentage has ended the run. */
  broken = false;
  private mayDelegate: boolean | undefined;
  private readonly begun = new Map<Role, Set<Host>>();
  private readonly complete = new Map<Role, Set<Host>>();

  /** The batch. */
  readonly hosts: readonly Host[];
  /** Those of all batches. */
  readonly allHosts: readonly Host[];

  constructor(
    readonly run: Run,
    readonly play: Play,
    hosts: { batch: readonly Host[]; all: readonly Host[] },
    readonly levels: PlayLevels,
  ) {
    this.hosts = hosts.batch;
    this.allHosts = hosts.all;
  }

  get handlers(): readonly Task[] {
    return this.play.reading.handlers;
  }

  /**
   * Whether nobody but a host's own tasks sends anything to its machine while they run: with others in between, a request could
   * stand behind the wrong one.
   */
  get keepsToItself(): boolean {
    if (this.hosts.length === 1) return true;
    this.mayDelegate ??= tasksIn([...this.play.sections.flat(), ...this.handlers]).some(
      (task) => task.keywords.delegate_to !== undefined || task.module.name.startsWith('include'),
    );
    return !this.mayDelegate;
  }

  get active(): Host[] {
    return this.hosts.filter((host) => host.active);
  }

  /** A task of the role has done something on the host. */
  beginRole(role: Role, host: Host): void {
    addTo(this.begun, role, host);
  }

  /** The host has come to the end of the role. */
  endRole(role: Role, hosts: readonly Host[]): void {
    for (const host of hosts) if (this.begun.get(role)?.has(host) === true) addTo(this.complete, role, host);
  }

  /** A role runs once, unless it allows more. */
  hasRun(role: Role, host: Host): boolean {
    return !role.allowDuplicates && this.complete.get(role)?.has(host) === true;
  }

  /** `early`: stands before set_fact and register, for a task that is begun ahead. */
  scope(host: Host, task?: Task, early?: Variables): LayeredScope {
    return scopeOf(this, host, { task, early });
  }

  /** The folders that a task's files are looked for in, nearest first. */
  searchPath(task: Task | undefined): string[] {
    const roles = task?.role === undefined ? [] : [task.role, ...[...task.roleChain].reverse()];
    const own = task === undefined ? [] : [dirname(task.file)];
    return [...new Set([...roles.map((role) => role.path), ...own, this.play.folder])];
  }

  surroundings(task: Task | undefined): Surroundings {
    return this.run.at(this.searchPath(task));
  }

  templates(host: Host, task?: Task): Templates {
    return new Templates(this.surroundings(task).jinja, this.scope(host, task));
  }

  /** Templates with what belongs to the host alone. */
  hostTemplates(host: Host): Templates {
    return new Templates(this.surroundings(undefined).jinja, hostScope(this, host));
  }

  /** What a task's name is for people: `role : name`, or the module's. */
  taskName(task: Task, host: Host | undefined): string {
    const name = this.ownName(task, host);
    return task.role === undefined ? name : `${task.role.name} : ${name}`;
  }

  /** The name without its role. */
  ownName(task: Task, host: Host | undefined): string {
    const { name } = task;
    if (name === undefined || name === null || name === '') return namelessly(task);
    if (typeof name === 'string' && !name.includes('{')) return name;
    return host === undefined ? plain(pyStr(name)) : this.templates(host, task).shown(name);
  }
}

/** A task without a name goes by its module, and by the role that it includes. */
function namelessly({ action, module, args }: Task): string {
  const role = module.name === 'include_role' ? (args.get('name') ?? args.get('role')) : undefined;
  return role === undefined ? action : `${action} : ${plain(pyStr(role))}`;
}

/** Variables that hosts of a play have in common. */
export interface PlayLevels {
  /** Level 13. */
  readonly prompted: ReadonlyMap<string, Value>;
  /** Level 14. */
  readonly varsFiles: VarsFiles;
  readonly name: string;
}

function addTo(sets: Map<Role, Set<Host>>, role: Role, host: Host): void {
  const hosts = sets.get(role) ?? new Set<Host>();
  hosts.add(host);
  sets.set(role, hosts);
}
