import { Environment } from '@tenon/jinja/environment';
import { TemplateError } from '@tenon/jinja/errors';
import { isStr, plain } from '@tenon/jinja/text';
import { fromJs, LazyMap, omit, pyStr, type Value } from '@tenon/jinja/values';
import { dirname, resolve } from 'node:path';
import type { RunEvent, RunFailure } from '../events.js';
import type { Controller, PlaybookFolder } from '../modules/module.js';
import type { Play, Task } from '../parse/tree.js';
import type { Place } from '../parse/problem.js';
import { CancelledError } from '../transport/errors.js';
import type { Transport } from '../transport/transport.js';
import { LayeredScope, type Variables } from '../vars/layered-scope.js';
import type { Host } from './host.js';

/** What a run needs from outside. */
export interface RunSettings {
  readonly transport: Transport;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: RunEvent) => void;
  readonly outputCapBytes: number;
  readonly path: string;
  readonly folder: PlaybookFolder;
  readonly controller: Controller | undefined;
  readonly checkMode: boolean;
  readonly diffMode: boolean;
  /** Level 22. */
  readonly extraVars: Variables;
  readonly hosts: readonly Host[];
}

/** A run in progress: its settings, its templates, and the variables that every host has. */
export class Run {
  readonly jinja = new Environment();
  readonly failures: RunFailure[] = [];

  constructor(readonly settings: RunSettings) {}

  emit(event: Omit<RunEvent, 'at'>): void {
    this.settings.onEvent({ at: Date.now(), ...event });
  }

  /** Throws CancelledError when the caller has given up. */
  checkCancelled(): void {
    if (this.settings.signal?.aborted === true) throw new CancelledError();
  }

  /** The variables of a play on a host, without a task's (Ansible's precedence, highest first). */
  scope(play: PlayVariables, host: Host, task?: Task): LayeredScope {
    return new LayeredScope([
      this.settings.extraVars,
      host.assigned,
      task?.vars ?? NO_VARIABLES,
      play.fromFiles,
      play.play.vars,
      host.facts,
      host.inventoryVars,
      this.magic(play, host),
    ]);
  }

  /** Worked out when asked for: most tasks use none of them. */
  private magic(play: PlayVariables, host: Host): Variables {
    const all = () => this.settings.hosts.map((each) => each.name);
    const active = () => play.hosts.filter((each) => each.active).map((each) => each.name);
    const variables: Readonly<Record<string, () => Value>> = {
      inventory_hostname: () => host.name,
      inventory_hostname_short: () => host.name.split('.')[0] ?? '',
      playbook_dir: () => resolve(dirname(this.settings.path)),
      groups: () => fromJs({ all: all(), ungrouped: all() }),
      group_names: () => ['ungrouped'],
      play_hosts: active,
      ansible_play_hosts: active,
      ansible_play_hosts_all: () => play.hosts.map((each) => each.name),
      ansible_play_batch: active,
      ansible_play_name: () => this.nameOf(play.play.name, undefined) ?? '',
      ansible_check_mode: () => this.settings.checkMode,
      ansible_diff_mode: () => this.settings.diffMode,
      ansible_version: () =>
        fromJs({ full: '2.14.18', major: 2, minor: 14, revision: 18, string: '2.14.18' }),
      ansible_facts: () => this.factsOf(host),
      hostvars: () => new LazyMap((name) => this.variablesOf(play, name), all),
      omit: () => omit,
    };
    return {
      get: (name) => (Object.hasOwn(variables, name) ? variables[name]?.() : undefined),
      keys: () => Object.keys(variables),
    };
  }

  /** Facts without the prefix `ansible_`, as the dictionary ansible_facts has them. */
  private factsOf(host: Host): Value {
    return fromJs(new Map([...host.facts].map(([name, value]) => [name.replace(/^ansible_/, ''), value])));
  }

  private variablesOf(play: PlayVariables, name: string): Value | undefined {
    const host = this.settings.hosts.find((each) => each.name === name);
    if (host === undefined) return undefined;
    const scope = this.scope(play, host);
    return new LazyMap(
      (key) => {
        const value = scope.get(key);
        return value === undefined ? undefined : this.jinja.templateValue(value, scope);
      },
      () => scope.names(),
    );
  }

  /** A templated name for people; as written when it cannot be templated yet. */
  nameOf(name: Value | undefined, scope: LayeredScope | undefined): string | undefined {
    if (name === undefined || name === null) return undefined;
    if (scope === undefined) return plain(pyStr(name));
    try {
      return plain(pyStr(this.jinja.templateValue(name, scope)));
    } catch (error) {
      if (error instanceof TemplateError) return plain(pyStr(name));
      throw error;
    }
  }

  /** A keyword's value as yes or no; undefined when it is not written. Throws TemplateError. */
  flag(value: Value | undefined, scope: LayeredScope): boolean | undefined {
    if (value === undefined) return undefined;
    const templated = this.jinja.templateValue(value, scope);
    if (isStr(templated)) return /^(?:yes|on|true|1|y|t)$/i.test(plain(templated).trim());
    return templated !== null && templated !== false && templated !== 0;
  }

  /** Seconds as ms. Throws TemplateError. */
  seconds(value: Value | undefined, scope: LayeredScope): number | undefined {
    if (value === undefined || value === null) return undefined;
    const seconds = Number(plain(pyStr(this.jinja.templateValue(value, scope))));
    return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
  }

  origin(at: Place, file: string): { file: string; line: number; column: number } {
    return { file, line: at.line, column: at.column };
  }
}

const NO_VARIABLES: Variables = new Map();

/** A play with the hosts it runs on and the variables of its files. */
export interface PlayVariables {
  readonly play: Play;
  readonly hosts: readonly Host[];
  /** Level 14. */
  readonly fromFiles: Variables;
}

/** The play that is being run, on the hosts that take part. */
export interface PlayRun extends PlayVariables {
  readonly run: Run;
}

/** What a task's name is for people: its own, or the module's. */
export function taskName(play: PlayRun, task: Task, host: Host | undefined): string {
  const scope = host === undefined ? undefined : play.run.scope(play, host, task);
  return play.run.nameOf(task.name, scope) ?? task.module.name;
}
