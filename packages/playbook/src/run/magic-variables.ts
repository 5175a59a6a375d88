import { fromJs, LazyMap, omit, type Value } from '@tenon/jinja/values';
import { resolve } from 'node:path';
import { allDependencies } from '../parse/roles/role-variables.js';
import type { Task } from '../parse/tree.js';
import type { Variables } from '../vars/layered-scope.js';
import type { Host } from './host.js';
import type { PlayRun } from './play-run.js';

type Magic = Readonly<Record<string, () => Value | undefined>>;

function lazily(variables: Magic): Variables {
  return {
    get: (name) => (Object.hasOwn(variables, name) ? variables[name]?.() : undefined),
    keys: () => Object.keys(variables),
  };
}

const VERSION = { full: '2.14.18', major: 2, minor: 14, revision: 18, string: '2.14.18' };

/** A host's variables as another host sees them, each templated when it is asked for. */
function variablesOf(play: PlayRun, name: string): Value | undefined {
  const { inventory } = play.run.settings;
  const host = inventory.has(name) ? inventory.find(name) : undefined;
  if (host === undefined) return undefined;
  const templates = play.hostTemplates(host);
  return new LazyMap(
    (key) => {
      const value = templates.scope.get(key);
      return value === undefined ? undefined : templates.value(value);
    },
    () => templates.scope.names(),
  );
}

function ofInventory(play: PlayRun, host: Host): Magic {
  const { inventory } = play.run.settings;
  const [source] = inventory.sources;
  const names = () => inventory.names;
  return {
    inventory_hostname: () => host.name,
    inventory_hostname_short: () => host.name.split('.')[0] ?? '',
    inventory_file: () => source,
    inventory_dir: () => (source === undefined ? undefined : resolve(source, '..')),
    ansible_inventory_sources: () => [...inventory.sources],
    groups: () => fromJs(inventory.groups()),
    group_names: () => inventory.groupsOf(host.name),
    hostvars: () => new LazyMap((name) => variablesOf(play, name), names),
  };
}

function ofRun(play: PlayRun): Magic {
  const { settings } = play.run;
  return {
    omit: () => omit,
    playbook_dir: () => play.play.folder,
    ansible_version: () => fromJs(VERSION),
    ansible_check_mode: () => settings.checkMode,
    ansible_diff_mode: () => settings.diffMode,
    ansible_forks: () => settings.forks,
    ansible_verbosity: () => settings.verbosity,
    ansible_limit: () => settings.limit,
    ansible_run_tags: () => [...settings.tags],
    ansible_skip_tags: () => [...settings.skipTags],
    ansible_config_file: () => settings.configFile ?? null,
    ansible_playbook_python: () => settings.playbookPython,
  };
}

function ofPlay(play: PlayRun): Magic {
  const { roles } = play.play.reading;
  const removed = (host: Host) => host.gone || host.ended || host.failure !== undefined;
  const batch = () => play.hosts.filter((host) => !removed(host)).map((host) => host.name);
  const named = () => roles.map((role) => role.name);
  const needed = () => [...new Set(roles.flatMap(allDependencies).map((role) => role.name))];
  return {
    ansible_play_name: () => play.levels.name,
    ansible_play_hosts_all: () => play.allHosts.map((host) => host.name),
    ansible_play_hosts: () => play.allHosts.filter((host) => !removed(host)).map((host) => host.name),
    ansible_play_batch: batch,
    play_hosts: batch,
    role_names: named,
    ansible_play_role_names: named,
    ansible_dependent_role_names: needed,
    ansible_role_names: () => [...new Set([...needed(), ...named()])],
  };
}

function ofTask(play: PlayRun, task: Task): Magic {
  const { role, parentRoles } = task;
  return {
    environment: () => [...task.environment],
    ansible_search_path: () => play.searchPath(task),
    ...(role !== undefined && {
      role_name: () => role.name,
      ansible_role_name: () => role.name,
      role_path: () => role.path,
    }),
    ...(parentRoles.length > 0 && {
      ansible_parent_role_names: () => parentRoles.map((each) => each.name),
      ansible_parent_role_paths: () => parentRoles.map((each) => each.path),
    }),
  };
}

/** The variables that Ansible itself sets; nothing wins over them. Worked out when asked for: most tasks use none. */
export function magicVariables(play: PlayRun, host: Host, task: Task | undefined): Variables {
  const all: Magic = {
    ...ofInventory(play, host),
    ...ofRun(play),
    ...ofPlay(play),
    ...(task !== undefined && ofTask(play, task)),
    vars: () => {
      const { scope } = play.templates(host, task);
      const names = () => [...scope.names()].filter((name) => name !== 'vars');
      return new LazyMap((name) => scope.get(name), names);
    },
  };
  return lazily(all);
}

/** Those that do not depend on a task or play. */
export function hostMagic(play: PlayRun, host: Host): Variables {
  return lazily({ ...ofInventory(play, host), ...ofRun(play) });
}

/** Facts without the prefix `ansible_`, as the dictionary ansible_facts has them. */
export function factVariables(host: Host): Variables {
  const bare = (name: string) => (name === 'ansible_local' ? name : name.replace(/^ansible_/, ''));
  return lazily({
    ansible_facts: () => fromJs(new Map([...host.facts].map(([name, value]) => [bare(name), value]))),
  });
}
