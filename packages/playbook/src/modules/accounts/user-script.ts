import { plain, type Str } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import { expandingWord, refuseEscape } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { accountName } from './account-name.js';
import { ModuleError } from '../module.js';
import { FIELDS, END, TRY } from '../script-fields.js';
import { homeFunctions } from './user-home.js';
import type { UserArguments } from './user-options.js';
import { comparePassword, setPassword } from './user-password.js';
import { sshKeySteps } from './user-ssh-key.js';

/** Whole days since 1970, as /etc/shadow counts. */
function expiryDay({ expires }: UserArguments): number | undefined {
  if (expires === undefined || expires === null) return undefined;
  const seconds = Number(plain(pyStr(expires)));
  if (Number.isNaN(seconds)) throw new ModuleError('expires must be a number of seconds since 1970');
  return seconds < 0 ? -1 : Math.floor(seconds / 86_400);
}

function dateOf(day: number): string {
  return day < 0 ? '' : new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function word(value: Str): string {
  return quote(plain(value));
}

/** Text for an option that is given, else none. */
function given<T>(value: T | undefined, text: (value: T) => string): string {
  return value === undefined ? '' : text(value);
}

function homeWord(home: Str): string {
  refuseEscape(home, 'home');
  return expandingWord(home);
}

/** The wanted groups, each once; undefined leaves them alone. */
function wantedGroups(args: UserArguments): string[] | undefined {
  const names = args.groups?.filter((name) => plain(name) !== '').map((name) => accountName(name, 'group'));
  return names && [...new Set(names)];
}

/** Text that fails unless every group exists. */
function requireGroups(args: UserArguments): string {
  const groups = [
    ...(args.group === undefined ? [] : [accountName(args.group, 'group')]),
    ...(wantedGroups(args) ?? []),
  ];
  return groups.length === 0
    ? ''
    : `for w in ${groups.map(quote).join(' ')}; do getent group "$w" >/dev/null || fail "Group $w does not exist"; done; `;
}

/** `$e` becomes the user's line and `$u` to `$s` its fields; a name of digits is no number here. */
function lookUp(local: boolean): string {
  const find = local
    ? `while IFS= read -r l; do case $l in "$n":*) e=$l; break ;; esac; done </etc/passwd; `
    : `e=$(getent passwd "$n"); case $e in "$n":*) ;; *) e= ;; esac; `;
  return `look_up() { e=; ${find}[ -z "$e" ] || IFS=: read -r l l u g gecos h s <<E_N_D\n$e\nE_N_D\n}; `;
}

const add = (flag: string, value: string) => `set -- "$@" ${flag} ${value}; `;

/** How useradd makes the home folder, and before it the folders above, which it does not make. */
function homeFlags({ create_home: makes, skeleton, umask, home }: UserArguments): string {
  if (!makes) return `set -- "$@" -M; ${given(home, (path) => `h=${homeWord(path)}; `)}`;
  const parents = (path: Str) =>
    `h=${homeWord(path)}; [ -d "\${h%/*}/" ] || { make_home "$h" || fail "cannot make $h"; parents=1; }; `;
  return (
    `set -- "$@" -m; ${given(home, parents)}` +
    given(skeleton, (folder) => add('-k', word(folder))) +
    given(umask, (mask) => add('-K', quote(`UMASK=${plain(mask)}`)))
  );
}

function create(args: UserArguments, checkMode: boolean): string {
  // As with Ansible: whether the groups exist is asked when the user is made, because tasks before this one may make them.
  if (checkMode) return 'changes=1; ';
  const ownGroup = args.group === undefined ? `! getent group "$n" >/dev/null || set -- "$@" -N; ` : '';
  return (
    `${requireGroups(args)}set --; parents=; ${ownGroup}${homeFlags(args)}` +
    given(args.uid, (uid) => add('-u', `${uid}${args.non_unique ? ' -o' : ''}`)) +
    given(args.seuser, (seuser) => add('-Z', word(seuser))) +
    given(args.group, (group) => add('-g', word(group))) +
    given(wantedGroups(args), (groups) => (groups.length === 0 ? '' : add('-G', quote(groups.join(','))))) +
    given(args.comment, (comment) => add('-c', word(comment))) +
    given(args.home, () => add('-d', '"$h"')) +
    given(args.shell, (shell) => add('-s', word(shell))) +
    given(expiryDay(args), (day) => add('-e', quote(dateOf(day)))) +
    (args.system ? `set -- "$@" -r; ` : '') +
    `try useradd "$@" -- "$n" || fail "$said"; changes=1; say stderr "$said"; ${setPassword(args)}look_up; ` +
    `[ -z "$parents" ] || own_home "$h"; `
  );
}

/** Text that leaves in `$m` the groups that name the user as a member, each between commas. */
const MEMBERSHIPS = `all=$(getent group); m=,; IFS='\n'; set -f; for l in $all; do case ",\${l##*:}," in *",$n,"*) m=$m\${l%%:*}, ;; esac; done; unset IFS; set +f; `;

function changeGroups(args: UserArguments): string {
  const wanted = wantedGroups(args);
  if (wanted === undefined) return '';
  const list = quote(wanted.join(','));
  const missing =
    wanted.length === 0
      ? ''
      : `for w in ${wanted.map(quote).join(' ')}; do case $m in *",$w,"*) ;; *) x=1 ;; esac; done; `;
  const superfluous = args.append
    ? ''
    : `IFS=,; for w in $m; do case $w,${list}, in ,*) ;; *",$w,"*) ;; *) x=1 ;; esac; done; unset IFS; `;
  return (
    `${MEMBERSHIPS}x=; ${missing}${superfluous}` +
    `[ -z "$x" ] || set -- "$@" ${args.append ? '-a ' : ''}-G ${list}; `
  );
}

/** Text that reads from /etc/shadow what is compared: the hash, the least and most days, the day of the end. */
const READ_SHADOW = `p= min= max= end=; IFS=: read -r l p l min max l l end l <<E_N_D\n$(getent shadow "$n")\nE_N_D\n: "\${end:=-1}"; `;

function readShadow(args: UserArguments): string {
  const used = [args.password, args.password_lock, args.expires];
  return used.every((value) => value === undefined) ? '' : READ_SHADOW;
}

const differs = (variable: string, value: string, flags: string) =>
  `[ "$${variable}" = ${value} ] || set -- "$@" ${flags}; `;

/** Text that collects the options for usermod. */
function differences(args: UserArguments): string {
  return (
    given(args.uid, (uid) => differs('u', String(uid), `-u ${uid}${args.non_unique ? ' -o' : ''}`)) +
    given(
      args.group,
      (group) =>
        `w=$(getent group ${word(group)}); w=\${w#*:*:}; w=\${w%%:*}; ${differs('g', '"$w"', '-g "$w"')}`,
    ) +
    changeGroups(args) +
    given(args.comment, (comment) => differs('gecos', word(comment), `-c ${word(comment)}`)) +
    given(
      args.home,
      (home) => `w=${homeWord(home)}; ${differs('h', '"$w"', `-d "$w"${args.move_home ? ' -m' : ''}`)}`,
    ) +
    given(args.shell, (shell) => differs('s', word(shell), `-s ${word(shell)}`)) +
    given(expiryDay(args), (day) => differs('end', String(day), `-e ${quote(dateOf(day))}`))
  );
}

function change(args: UserArguments, checkMode: boolean): string {
  const store = setPassword(args);
  const act =
    `[ $# = 0 ] || { try usermod "$@" -- "$n" || fail "$said"; say stderr "$said"; }; ` +
    (store === '' ? '' : `[ "$password" != set ] || { ${store}}; `) +
    'look_up; ';
  return (
    `${requireGroups(args)}set --; ${readShadow(args)}${differences(args)}${comparePassword(args)}` +
    `case $password in lock) set -- "$@" -L ;; unlock) set -- "$@" -U ;; esac; ` +
    `if [ "$#$password" != 0 ]; then changes=1; ${checkMode ? '' : act}fi; `
  );
}

function changeAges(
  { password_expire_min: least, password_expire_max: most }: UserArguments,
  checkMode: boolean,
): string {
  if (least === undefined && most === undefined) return '';
  return (
    `${READ_SHADOW}set --; ` +
    given(least, (days) => differs('min', String(days), `-m ${days}`)) +
    given(most, (days) => differs('max', String(days), `-M ${days}`)) +
    `[ $# = 0 ] || { changes=1; ${checkMode ? '' : `try chage "$@" -- "$n" || fail "$said"; `}}; `
  );
}

function missingHome(args: UserArguments, checkMode: boolean): string {
  if (!args.create_home) return '';
  return (
    `w=${args.home === undefined ? '$h' : homeWord(args.home)}; [ -e "$w" ] || { changes=1; ` +
    `${checkMode ? '' : `make_home "$w" && own_home "$w" || fail "cannot make $w"; `}}; `
  );
}

/** The script that brings a user to what the arguments say; in check mode one that only looks. */
export function presentScript(name: string, args: UserArguments, checkMode: boolean): string {
  const skeleton = args.skeleton === undefined ? '/etc/skel' : word(args.skeleton);
  return (
    `${FIELDS}${TRY}n=${quote(name)}; ${homeFunctions(skeleton)}${lookUp(args.local)}look_up; ` +
    `if [ -z "$e" ]; then say created 1; ${create(args, checkMode)}else ${change(args, checkMode)}fi; ` +
    `if [ -n "$e" ]; then ${missingHome(args, checkMode)}${sshKeySteps(args, checkMode)}${changeAges(args, checkMode)}:; fi; ` +
    `say entry "$e"; ${END}`
  );
}

/** The script that removes a user. */
export function absentScript(name: string, args: UserArguments, checkMode: boolean): string {
  const flags = `${args.force ? ' -f' : ''}${args.remove ? ' -r' : ''}`;
  return (
    `${FIELDS}${TRY}n=${quote(name)}; ${lookUp(args.local)}look_up; [ -z "$e" ] || { changes=1; ` +
    `${checkMode ? '' : `try userdel${flags} -- "$n" || fail "$said"; say stderr "$said"; `}}; ${END}`
  );
}
