import { apt } from './apt.js';
import { assemble } from './assemble.js';
import { assert } from './assert.js';
import { authorizedKey } from './authorized-key.js';
import { blockinfile } from './blockinfile.js';
import { command } from './command.js';
import { copy } from './copy.js';
import { cron } from './cron.js';
import { debug } from './debug.js';
import { dpkgSelections } from './dpkg-selections.js';
import { fail } from './fail.js';
import { fetch } from './fetch.js';
import { file } from './file.js';
import { find } from './find.js';
import { gatherFactsAction } from './gather-facts.js';
import { getUrl } from './get-url.js';
import { getent } from './getent.js';
import { git } from './git.js';
import { group } from './group.js';
import { hostname } from './hostname.js';
import { iptables } from './iptables.js';
import { importRole, importTasks, include, includeRole, includeTasks } from './includes.js';
import { knownHosts } from './known-hosts.js';
import { lineinfile } from './lineinfile.js';
import { meta } from './meta.js';
import type { Module } from './module.js';
import { raw } from './raw.js';
import { replace } from './replace.js';
import { script } from './script.js';
import { slurp } from './slurp.js';
import { tempfile } from './tempfile.js';
import { unarchive } from './unarchive.js';
import { uri } from './uri.js';
import { validateArgumentSpec } from './validate-argument-spec.js';
import { setStats } from './set-stats.js';
import { includeVars } from './include-vars.js';
import { groupBy } from './group-by.js';
import { asyncStatus } from './async-status.js';
import { addHost } from './add-host.js';
import { mount } from './mount.js';
import { packageModule } from './package.js';
import { packageFacts } from './package-facts.js';
import { pause } from './pause.js';
import { rebootModule } from './reboot.js';
import { serviceFacts } from './service-facts.js';
import { waitFor } from './wait-for.js';
import { waitForConnectionModule } from './wait-for-connection.js';
import { ping } from './ping.js';
import { service } from './service.js';
import { setFact } from './set-fact.js';
import { setup } from './setup.js';
import { shell } from './shell.js';
import { stat } from './stat.js';
import { sysctl } from './sysctl.js';
import { systemd, systemdService } from './systemd.js';
import { template } from './template.js';
import { user } from './user.js';

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
