import { apt } from './packages/apt.js';
import { assemble } from './files/assemble.js';
import { assert } from './play/assert.js';
import { authorizedKey } from './accounts/authorized-key.js';
import { blockinfile } from './files/blockinfile.js';
import { command } from './commands/command.js';
import { copy } from './files/copy.js';
import { cron } from './accounts/cron.js';
import { debug } from './play/debug.js';
import { dpkgSelections } from './packages/dpkg-selections.js';
import { fail } from './play/fail.js';
import { fetch } from './files/fetch.js';
import { file } from './files/file.js';
import { find } from './files/find.js';
import { gatherFactsAction } from './facts/gather-facts.js';
import { getUrl } from './sources/get-url.js';
import { getent } from './accounts/getent.js';
import { git } from './sources/git.js';
import { group } from './accounts/group.js';
import { hostname } from './system/hostname.js';
import { iptables } from './system/iptables.js';
import { importRole, importTasks, include, includeRole, includeTasks } from './play/includes.js';
import { knownHosts } from './system/known-hosts.js';
import { lineinfile } from './files/lineinfile.js';
import { meta } from './play/meta.js';
import type { Module } from './module.js';
import { raw } from './commands/raw.js';
import { replace } from './files/replace.js';
import { script } from './commands/script.js';
import { slurp } from './files/slurp.js';
import { tempfile } from './files/tempfile.js';
import { unarchive } from './files/unarchive.js';
import { uri } from './sources/uri.js';
import { validateArgumentSpec } from './play/validate-argument-spec.js';
import { setStats } from './play/set-stats.js';
import { includeVars } from './play/include-vars.js';
import { groupBy } from './play/group-by.js';
import { asyncStatus } from './play/async-status.js';
import { addHost } from './play/add-host.js';
import { mount } from './system/mount.js';
import { packageModule } from './packages/package.js';
import { packageFacts } from './packages/package-facts.js';
import { pause } from './waiting/pause.js';
import { rebootModule } from './system/reboot.js';
import { serviceFacts } from './system/service-facts.js';
import { waitFor } from './waiting/wait-for.js';
import { waitForConnectionModule } from './waiting/wait-for-connection.js';
import { aptKey } from './packages/apt-key.js';
import { aptRepository } from './packages/apt-repository.js';
import { ping } from './play/ping.js';
import { service } from './system/service.js';
import { setFact } from './play/set-fact.js';
import { setup } from './facts/setup.js';
import { shell } from './commands/shell.js';
import { stat } from './files/stat.js';
import { sysctl } from './system/sysctl.js';
import { systemd, systemdService } from './system/systemd.js';
import { template } from './files/template.js';
import { user } from './accounts/user.js';

const ALL: readonly Module[] = [
  assemble,
  authorizedKey,
  blockinfile,
  cron,
  fetch,
  find,
  getUrl,
  git,
  knownHosts,
  lineinfile,
  raw,
  replace,
  script,
  slurp,
  tempfile,
  unarchive,
  uri,
  validateArgumentSpec,
  setStats,
  includeVars,
  groupBy,
  asyncStatus,
  addHost,
  apt,
  assert,
  command,
  copy,
  debug,
  dpkgSelections,
  fail,
  file,
  gatherFactsAction,
  getent,
  group,
  hostname,
  iptables,
  importRole,
  importTasks,
  include,
  includeRole,
  includeTasks,
  meta,
  mount,
  packageModule,
  packageFacts,
  pause,
  rebootModule,
  serviceFacts,
  waitFor,
  waitForConnectionModule,
  aptKey,
  aptRepository,
  ping,
  service,
  setFact,
  setup,
  shell,
  stat,
  sysctl,
  systemd,
  systemdService,
  template,
  user,
];

const MODULES: ReadonlyMap<string, Module> = new Map(ALL.map((module) => [module.name, module]));

/** The modules that Ansible keeps outside of ansible.builtin, with their collection. */
const COLLECTIONS: ReadonlyMap<string, string> = new Map(
  ['authorized_key', 'mount', 'sysctl'].map((name) => [name, 'ansible.posix']),
);

/** A module by its short or full name (`ansible.builtin.copy`, `ansible.posix.mount`); undefined when there is none. */
export function findModule(name: string): Module | undefined {
  const [, collection, short = name] = /^(\w+\.\w+)\.(\w+)$/.exec(name) ?? [];
  const homes = [undefined, 'ansible.builtin', 'ansible.legacy', COLLECTIONS.get(short)];
  return homes.includes(collection) ? MODULES.get(short) : undefined;
}

export function moduleNames(): string[] {
  return [...MODULES.keys()].sort();
}
