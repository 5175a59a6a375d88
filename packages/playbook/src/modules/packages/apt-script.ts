import { hasTaint, plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { aptGet, type AptArguments } from './apt-command.js';
import type { WantedPackage } from './apt-packages.js';
import { choosePackages } from './apt-selection.js';
import { STAMP, updateLists } from './apt-update.js';
import { ModuleError, NEXT } from '../module.js';
import { QUIETLY } from '../quietly.js';
import { END, FIELDS } from '../script-fields.js';

/** What a run of apt is for. */
export interface AptWork {
  readonly args: AptArguments;
  readonly packages: readonly WantedPackage[];
  /** `*` with state latest: the whole machine. */
  readonly all: boolean;
  readonly checkMode: boolean;
  /** What is said on a machine without apt-get. */
  readonly withoutApt: string;
}

/**
 * `act WHAT VERB…` runs the apt-get of the task, keeps its words for the result, and looks in its summary whether anything happened:
 * "0 upgraded, 0 newly installed, 0 to remove". policy-rc.d decides whether packages may start services; the machine's own is put
 * back whatever happens.
 */
function actFunction({ args, checkMode }: AptWork): string {
  const policy = args.policy_rc_d;
  const guard =
    policy === undefined || checkMode
      ? `guard() { :; }; restore() { :; }; `
      : `rc=/usr/sbin/policy-rc.d; guarded=; aside=; ` +
        `guard() { if [ -e $rc ]; then aside=$(mktemp $rc.XXXXXX); mv -f $rc $aside; fi; guarded=1; printf '#!/bin/sh\\nexit %s\\n' ${policy} >$rc; chmod 755 $rc; }; ` +
        `restore() { [ -n "$guarded" ] || return 0; guarded=; rm -f $rc; [ -z "$aside" ] || mv -f $aside $rc; }; `;
  return (
    `${guard}trap restore EXIT; trap 'exit 143' HUP TERM INT; ` +
    `log=; give_up() { say rc "$r"; say stdout "$log$(printed)"; say stderr "$(complained)"; say trouble "$1"; say changed 1; exit ${NEXT + 1}; }; ` +
    `run() { w=$1; shift; guard; r=0; quietly "$@" || r=$?; restore; [ $r = 0 ] || give_up "cannot $w"; log="$log$(printed)$N"; errors="$errors$(complained)"; }; ` +
    `act() { w=$1; shift; run "$w" ${aptGet(args, checkMode)} "$@"; ` +
    `grep -Eq '^0 upgraded, 0 newly installed, (0 reinstalled, )?(0 downgraded, )?0 to remove' /dev/fd/5 && ! grep -q 'not fully installed' /dev/fd/5 || changes=1; }; `
  );
}

/** Script text that is true when dpkg was interrupted, or is at work. */
export const HAS_JOURNAL = `set +f; set -- /var/lib/dpkg/updates/*; set -f; [ -e "$1" ]`;

/**
 * A dpkg that was killed leaves its journal, and apt-get refuses to run until somebody has put that right. A dpkg that
 * still works (apt starts it in a session of its own, so it outlives a cancelled task) has one too: wait for its lock.
 */
function repairStep({ args, checkMode }: AptWork): string {
  if (checkMode) return `if ${HAS_JOURNAL}; then changes=1; fi; `;
  return (
    `w=0; while ${HAS_JOURNAL}; do ` +
    `if quietly dpkg --configure -a; then changes=1; break; fi; r=$?; ` +
    `grep -q 'locked by another process' /dev/fd/6 && [ $w -lt ${args.lock_timeout} ] || give_up 'cannot repair the interrupted dpkg'; ` +
    `w=$((w + 1)); sleep 1; done; `
  );
}

/** Script text, whether the lists are younger than `seconds`. Lists that a new image lacks are as old as time, whatever their folder's date says. */
export function freshnessTest(seconds: number): string {
  if (seconds <= 0) return 'false';
  return (
    `{ set +f; set -- /var/lib/apt/lists/*_*; set -f; [ -e "$1" ]; } && ` +
    `[ $(($(date +%s) - $(stat -c %Y $stamp 2>/dev/null || echo 0))) -lt ${seconds} ]`
  );
}

/** Whether the task is about the package lists too. */
export function wantsUpdate({ args }: AptWork): boolean {
  return args.update_cache === true || args.cache_valid_time > 0;
}

function updateStep(work: AptWork): string {
  const { args, checkMode } = work;
  if (!wantsUpdate(work)) return '';
  const update = checkMode ? '' : updateLists(args, `give_up 'Failed to update apt cache'`);
  return `if ! { ${freshnessTest(args.cache_valid_time)}; }; then ${update}updated=1; fi; `;
}

const UPGRADES: Readonly<Record<string, string>> = {
  yes: 'upgrade --with-new-pkgs',
  safe: 'upgrade --with-new-pkgs',
  dist: 'dist-upgrade',
  full: 'dist-upgrade',
};

function namedSteps(work: AptWork): string {
  const { args, packages, all } = work;
  const state = plain(args.state);
  const names = packages.map(({ written }) => written);
  if (state === 'fixed') return `act 'repair the packages' --fix-broken install; `;
  if (packages.length === 0)
    return state === 'latest' && all ? `act 'upgrade the machine' ${UPGRADES.yes ?? ''}; ` : '';
  if (state === 'build-dep')
    return `act ${quote(`install what ${names.join(', ')} need to be built`)} build-dep ${names.map(quote).join(' ')}; `;
  const [verb, sentence] =
    state === 'absent'
      ? [`remove${args.purge ? ' --purge' : ''}`, `remove ${names.join(', ')}`]
      : ['install', `install ${names.join(', ')}`];
  return `${choosePackages(work)}[ -z "$chosen" ] || act ${quote(sentence)} ${verb} $chosen; ${manualStep(work, 'quietly apt-mark manual $there || : ;')}`;
}

/**
 * What a playbook asks for is no longer only there for others: autoremove must leave it. No change, as in Ansible.
 * `mark` is what is done when apt believes otherwise of one of `$there`.
 */
export function manualStep({ args, checkMode }: AptWork, mark: string): string {
  if (checkMode || plain(args.state) === 'absent') return '';
  return (
    `if [ -n "$there" ] && [ -e /var/lib/apt/extended_states ]; then set --; for n in $there; do set -- "$@" -e "Package: \${n%%:*}"; done; ` +
    `case $(grep -xA2 "$@" /var/lib/apt/extended_states) in *'Auto-Installed: 1'*) ${mark} ;; esac; fi; `
  );
}

/** The file is on the machine, or apt's own helper fetches it. */
function debStep(deb: Str): string {
  const text = plain(deb);
  const isUrl = /^[a-z]+:\/\//.test(text);
  if (isUrl && hasTaint(deb))
    throw new ModuleError('refused: tenant data would name the package file to fetch');
  const place = isUrl
    ? `folder=$(mktemp -d); deb=$folder/package.deb; quietly /usr/lib/apt/apt-helper download-file ${quote(text)} "$deb" || { r=$?; rm -rf "$folder"; give_up ${quote(`cannot fetch ${text}`)}; }; `
    : `deb=${pathWord(deb, 'deb')}; case $deb in /*) ;; *) deb=./$deb ;; esac; `;
  return (
    `r=1; ${place}quietly dpkg-deb -W --showformat='\${Package}:\${Architecture}|\${Version}' "$deb" || give_up "cannot read $deb"; own=$(printed); ` +
    `case $(dpkg-query -W -f '\${db:Status-Abbrev}|\${Version}' "\${own%%|*}" 2>/dev/null) in ?i?"|\${own#*|}") ;; *) act "install $deb" install "$deb" ;; esac; ` +
    (isUrl ? `rm -rf "$folder"; ` : '')
  );
}

function maintenanceSteps({ args, packages, checkMode }: AptWork): string {
  const upgrade = UPGRADES[plain(args.upgrade)];
  const simulate = checkMode ? ' --simulate' : '';
  const autoclean = `run 'remove old package files' apt-get -y${simulate} autoclean; ! grep -q '^Del ' /dev/fd/5 || changes=1; `;
  return [
    ...(upgrade === undefined ? [] : [`act 'upgrade the machine' ${upgrade}; `]),
    ...(args.deb === undefined ? [] : [debStep(args.deb)]),
    ...(args.autoclean && packages.length === 0 ? [autoclean] : []),
    ...(args.autoremove && packages.length === 0
      ? [`act 'remove unused packages' autoremove${args.purge ? ' --purge' : ''}; `]
      : []),
  ].join('');
}

/** `set -f`: globs in package names are matched here or by apt, never against files. */
export function aptScript(work: AptWork): string {
  const { args, checkMode } = work;
  return (
    `${FIELDS}set -f; export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical; N='\n'; ` +
    `command -v apt-get >/dev/null || fail ${quote(work.withoutApt)}; ` +
    `updated=0; errors=; r=1; ${QUIETLY}${actFunction(work)}${STAMP}` +
    (args.clean && !checkMode ? `run 'remove the package files' apt-get clean; ` : '') +
    repairStep(work) +
    updateStep(work) +
    namedSteps(work) +
    maintenanceSteps(work) +
    `say updated $updated; say time "$(stat -c %Y $stamp 2>/dev/null)"; say stdout "$log"; say stderr "$errors"; ${END}`
  );
}
