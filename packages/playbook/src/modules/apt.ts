import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { quote } from '../shell/quote.js';
import { pathWord } from '../shell/path-word.js';
import type { RemoteOutput } from '../transport/transport.js';
import { aptOptions } from './apt-options.js';
import type { Arguments } from './options.js';
import { defineModule, done, failure, ModuleError, type Step } from './module.js';
import { QUIETLY } from './quietly.js';

type AptArguments = Arguments<typeof aptOptions>;

const PACKAGE = /^[a-z0-9*?[\]][\w.+*?[\]-]*(?::[a-z0-9-]+)?(?:[=/][\w.+:~*-]+)?$/i;

function packageNames(args: AptArguments): string[] {
  return (args.name ?? []).map((name) => {
    const text = plain(name).trim();
    if (PACKAGE.test(text)) return text;
    throw new ModuleError(
      `${JSON.stringify(text)} is no package name; write name, name=version or name:architecture`,
    );
  });
}

/** What apt-get always gets: no questions, old configuration files stay, wait for another apt. */
function aptGet(args: AptArguments): string {
  const dpkg = plain(args.dpkg_options)
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '');
  const flags = [
    '-y',
    ...dpkg.map((option) => `-o Dpkg::Options::=${quote(`--${option}`)}`),
    `-o DPkg::Lock::Timeout=${args.lock_timeout}`,
    ...(args.install_recommends === undefined
      ? []
      : [`-o APT::Install-Recommends=${args.install_recommends ? 'yes' : 'no'}`]),
    ...(args.default_release === undefined ? [] : [`-t ${quote(plain(args.default_release))}`]),
    ...(args.allow_unauthenticated || args.force ? ['--allow-unauthenticated'] : []),
    ...(args.allow_downgrade || args.force ? ['--allow-downgrades'] : []),
    ...(args.allow_change_held_packages || args.force ? ['--allow-change-held-packages'] : []),
    ...(args.only_upgrade ? ['--only-upgrade'] : []),
    ...(args.autoremove ? ['--auto-remove'] : []),
    ...(args.fail_on_autoremove ? ['--no-remove'] : []),
  ];
  return `apt-get ${flags.join(' ')}`;
}

/**
 * Age of the package lists in seconds. apt writes the stamp only with its own timer, so a successful update
 * here writes it too; Ansible does not, and therefore updates again when nothing had changed. Lists that a new image
 * lacks are as old as time, whatever their folder's date says.
 */
const LISTS_AGE = `stamp=/var/lib/apt/periodic/update-success-stamp; [ -e $stamp ] || stamp=/var/lib/apt/lists; age=$(( $(date +%s) - $(stat -c %Y $stamp 2>/dev/null || echo 0) )); ls /var/lib/apt/lists 2>/dev/null | grep -q 'Release$' || age=$(date +%s); `;

/** Another apt may hold the lists' lock, which has no timeout of its own: try again, as Ansible does. */
function updateStep(args: AptArguments): string {
  const wanted = args.update_cache ?? args.cache_valid_time > 0;
  if (!wanted) return '';
  const fresh = args.cache_valid_time > 0 ? `[ "$age" -lt ${args.cache_valid_time} ]` : 'false';
  return (
    `${args.cache_valid_time > 0 ? LISTS_AGE : ''}if ! ${fresh}; then try=0; ` +
    `until quietly apt-get update -q; do try=$((try + 1)); [ $try -gt ${args.update_cache_retries} ] && give_up 'cannot update the package lists'; ` +
    `w=$((1 << (try - 1))); [ $w -lt ${args.update_cache_retry_max_delay} ] || w=${args.update_cache_retry_max_delay}; sleep $w; done; updated=1; ` +
    `if [ -d /var/lib/apt/periodic ]; then touch /var/lib/apt/periodic/update-success-stamp; else touch /var/lib/apt/lists; fi; fi; `
  );
}

/** `need` holds the packages of the list that are not there in the wanted version, `have` the others. */
function splitInstalled(names: readonly string[]): string {
  return (
    `need=; have=; for q in ${names.map(quote).join(' ')}; do n=\${q%%[=/]*}; v=; case $q in *=*) v=\${q#*=};; esac; ` +
    `i=$(dpkg-query -W -f '\${db:Status-Abbrev}\${Version}\\n' "$n" 2>/dev/null | sed -n 's/^.i  *//p' | head -n 1); ` +
    `case $i in '') need="$need $q" ;; *) case $v in '') have="$have $q" ;; *) case $i in $v) have="$have $q" ;; *) need="$need $q" ;; esac ;; esac ;; esac; done; `
  );
}

/** Runs apt-get and looks in its summary whether anything happened: "0 upgraded, 0 newly installed, 0 to remove". */
function act(command: string, what: string): string {
  return (
    `quietly ${command} || give_up ${quote(`cannot ${what}`)}; ` +
    `grep -Eq '^0 upgraded, 0 newly installed, (0 reinstalled, )?(0 downgraded, )?0 to remove' /dev/fd/5 && ! grep -q 'not fully installed' /dev/fd/5 || changed=1; said; `
  );
}

function packageStep(args: AptArguments, names: readonly string[]): string {
  const apt = aptGet(args);
  const state = plain(args.state);
  if (state === 'fixed') return act(`${apt} -f install`, 'repair the packages');
  if (names.length === 0) return '';
  const all = names.map(quote).join(' ');
  switch (state) {
    case 'build-dep':
      return act(`${apt} build-dep ${all}`, `install what ${names.join(', ')} need to be built`);
    case 'latest':
      return act(`${apt} install ${all}`, `install ${names.join(', ')}`);
    case 'absent': {
      const verb = `remove${args.purge ? ' --purge' : ''}`;
      return `${splitInstalled(names)}if [ -n "$have" ]; then ${act(`${apt} ${verb} $have`, `remove ${names.join(', ')}`)}fi; `;
    }
    default:
      return `${splitInstalled(names)}if [ -n "$need" ]; then ${act(`${apt} install $need`, `install ${names.join(', ')}`)}fi; `;
  }
}

const UPGRADES: Readonly<Record<string, string>> = {
  yes: 'upgrade --with-new-pkgs',
  safe: 'upgrade --with-new-pkgs',
  dist: 'dist-upgrade',
  full: 'dist-upgrade',
};

function maintenanceSteps(args: AptArguments, names: readonly string[]): string {
  const upgrade = UPGRADES[plain(args.upgrade)];
  const apt = aptGet(args);
  return [
    ...(upgrade === undefined ? [] : [act(`${apt} ${upgrade}`, 'upgrade the machine')]),
    ...(args.deb === undefined ? [] : [debStep(args.deb, apt)]),
    ...(args.autoremove && names.length === 0
      ? [act(`${apt} autoremove${args.purge ? ' --purge' : ''}`, 'remove unused packages')]
      : []),
    ...(args.autoclean ? ['apt-get autoclean -y >/dev/null 2>&1; '] : []),
    ...(args.clean ? ['apt-get clean >/dev/null 2>&1; '] : []),
  ].join('');
}

function debStep(deb: Str, apt: string): string {
  if (/^[a-z]+:\/\//.test(plain(deb)))
    throw new ModuleError('deb from an address is not supported yet; put the file on the machine first');
  return (
    `deb=${pathWord(deb, 'deb')}; case $deb in /*) ;; *) deb=./$deb ;; esac; ` +
    `n=$(dpkg-deb -f "$deb" Package 2>&1) || give_up "cannot read $deb"; v=$(dpkg-deb -f "$deb" Version); ` +
    `if [ "$(dpkg-query -W -f '\${db:Status-Abbrev}\${Version}' "$n" 2>/dev/null)" != "ii $v" ]; then ${act(`${apt} install "$deb"`, 'install the package file')}fi; `
  );
}

/** policy-rc.d decides whether packages may start services; put back whatever happens. */
function policyStep(policy: number | undefined): string {
  if (policy === undefined) return '';
  return (
    `rc=/usr/sbin/policy-rc.d; kept=; if [ -e $rc ]; then kept=$(mktemp $rc.XXXXXX); mv -f $rc $kept; fi; ` +
    `printf '#!/bin/sh\\nexit %s\\n' ${policy} >$rc; chmod 755 $rc; restore() { rm -f $rc; [ -z "$kept" ] || mv -f $kept $rc; }; `
  );
}

/**
 * A dpkg that was killed leaves its journal, and apt-get refuses to run until somebody has put that right. A dpkg that
 * still works (apt starts it in a session of its own, so it outlives a cancelled task) has one too: wait for its lock.
 */
function repairStep(lockTimeoutSeconds: number): string {
  return (
    `w=0; while [ -n "$(ls -A /var/lib/dpkg/updates 2>/dev/null)" ]; do ` +
    `if quietly dpkg --configure -a; then changed=1; break; fi; ` +
    `grep -q 'locked by another process' /dev/fd/5 && [ $w -lt ${lockTimeoutSeconds} ] || give_up 'cannot repair the interrupted dpkg'; ` +
    `w=$((w + 1)); sleep 1; done; `
  );
}

/**
 * `give_up` prints a reason and what apt said. `set -f`: globs in package names are apt's business. A dpkg that was killed in the
 * middle of its work is put right first, because apt-get refuses to run until somebody does.
 */
function aptScript(args: AptArguments): string {
  const names = packageNames(args);
  return (
    `set -f; export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; ` +
    `command -v apt-get >/dev/null || { printf 'tenon-failed this machine has no apt-get\\n'; exit 0; }; ` +
    `changed=0; updated=0; restore() { :; }; trap restore EXIT; trap 'exit 143' HUP TERM INT; ${QUIETLY}` +
    `give_up() { printf 'tenon-failed %s\\n' "$1"; said; exit 0; }; ` +
    policyStep(args.policy_rc_d) +
    repairStep(args.lock_timeout) +
    updateStep(args) +
    packageStep(args, names) +
    maintenanceSteps(args, names) +
    `printf 'tenon-done %s %s %s\\n' $changed $updated "$(stat -c %Y /var/lib/apt/periodic/update-success-stamp 2>/dev/null || stat -c %Y /var/lib/apt/lists)"`
  );
}

/** The lines in which apt says what is wrong, without the noise around them. */
function aptReason(log: string): string {
  const lines = log.split('\n').filter((line) => /^(?:E|Err|W):|unmet dependencies|dpkg: error/.test(line));
  return lines.slice(0, 5).join('; ') || log.trim().split('\n').slice(-3).join('; ');
}

function interpret(output: RemoteOutput, hasPackages: boolean): Step {
  const stdout = output.stdout.toString();
  const failed = /^tenon-failed (.*)$/m.exec(stdout);
  if (failed !== null) {
    const log = stdout.slice(failed.index + failed[0].length);
    return failure(`${failed[1] ?? ''}: ${aptReason(log)}`, {
      rc: 100,
      stdout: log.trim(),
      stderr: output.stderr.toString(),
    });
  }
  const ended = /tenon-done ([01]) ([01]) (\d*)\n$/.exec(stdout);
  if (ended === null) {
    const why = output.stderr.toString().trim() || `the script ended with ${output.rc}`;
    return failure(`cannot run apt: ${why}`, { rc: output.rc, stdout, stderr: why });
  }
  const [, changed, updated, time] = ended;
  const log = stdout.slice(0, ended.index);
  return done({
    // With packages, fresh lists alone are no change (Ansible 2.14).
    changed: changed === '1' || (!hasPackages && updated === '1'),
    returns: {
      cache_updated: updated === '1',
      cache_update_time: Number(time),
      stdout: log,
      stderr: '',
      stdout_lines: log.split('\n'),
      stderr_lines: [],
    },
  });
}

export const apt = defineModule({
  name: 'apt',
  summary: 'Installs and removes Debian packages.',
  options: aptOptions,
  examples: `
- name: install apache
  apt:
    name: apache2
    update_cache: yes
    cache_valid_time: 3600
`,
  returns: {
    cache_updated: 'Whether the package lists were read anew.',
    cache_update_time: 'When they were, in seconds since 1970.',
    stdout: 'What apt-get printed.',
    stderr: 'Its errors.',
  },
  run(args) {
    const hasPackages =
      (args.name ?? []).length > 0 || args.deb !== undefined || plain(args.upgrade) !== 'no';
    return {
      plan: {
        script: aptScript(args),
        isolated: true,
        interpret: (output) => interpret(output, hasPackages),
      },
    };
  },
});
