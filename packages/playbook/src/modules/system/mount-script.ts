import { quote } from '../../shell/quote.js';
import { fstabFields } from './fstab.js';
import type { Mounting } from './mount-options.js';
import { READ_TEXT, SAY_TEXT } from '../files/rewrite-text.js';
import { END, FIELDS, MORE, TRY } from '../script-fields.js';

const FUNCTIONS = `${FIELDS}${TRY}mounted() { mountpoint -q -- "$n" 2>/dev/null; }; `;

/** The beginning of every script for a mount: its functions, `$n` and `$d`. */
export const beginScript = ({ name, fstab }: Mounting) => `${FUNCTIONS}n=${quote(name)}; d=${quote(fstab)}; `;

/** Text that leaves in `$same` whether fstab has the entry, and in `$there_is` whether it has one for this place. */
function compare(mounting: Mounting): string {
  const fields = fstabFields(mounting);
  const [src = '', name = ''] = fields.map(quote);
  const rest = quote(fields.slice(2).join(' '));
  const other =
    mounting.hasSource && mounting.name === 'none'
      ? `[ "$n $c" = 'none swap' ] && [ "$a" != ${src} ] || `
      : '';
  return (
    `same=; differs=; there_is=; while read -r a b c o u p more; do case $a in '#'*|'') continue ;; esac; ` +
    `[ "$b" = ${name} ] || continue; ${other}{ there_is=1; ` +
    `if [ "$a" = ${src} ] && [ "$c $o $u $p$more" = ${rest} ]; then same=1; else differs=1; fi; }; ` +
    `done <<E_N_D\n$text\nE_N_D\n[ -z "$differs" ] || same=; `
  );
}

/** Looks into fstab, and for mounted at the mounts; in the unchanged case that is all. */
export function lookScript(mounting: Mounting): string {
  const wants = {
    present: '[ -n "$same" ]',
    mounted: '[ -n "$same" ] && mounted',
  }[mounting.state];
  return (
    `${beginScript(mounting)}${READ_TEXT}${compare(mounting)}` +
    `if ${wants ?? '[ -z "$there_is" ]'}; then ${END}; exit; fi; ` +
    `say mounted "$(mounted && printf 1)"; ${SAY_TEXT}${MORE}`
  );
}

/** Which fstab mount(8) reads; the default is left to it. */
function table(path: string | undefined): string {
  return path === undefined || path === '/etc/fstab' ? '' : ` -T ${quote(path)}`;
}

/** How mount is called: an ephemeral one says everything, the others leave it to fstab. */
function words({ state, fstype, opts, src }: Mounting, remount: boolean, fstab: string): string {
  const own = opts !== 'defaults' && (state === 'ephemeral' || (remount && state === 'remounted'));
  const given = [...(remount ? ['remount'] : []), ...(own ? [opts] : [])];
  const option = given.length === 0 ? '' : ` -o ${quote(given.join(','))}`;
  return state === 'ephemeral'
    ? `mount -t ${quote(fstype)}${option} -- ${quote(src)} "$n"`
    : `mount${option}${fstab} -- "$n"`;
}

/** remount, and where the file system cannot: umount and mount again, unless options were asked for. */
function remountSteps(mounting: Mounting, fstab: string): string {
  const strict =
    mounting.state === 'remounted' && mounting.opts !== 'defaults'
      ? `fail 'Options were specified with remounted, but the remount command failed. Failing in order to prevent an unexpected mount result. ` +
        `Try replacing this command with a "state: unmounted" followed by a "state: mounted" using the full desired mount options instead.'`
      : `{ try umount -- "$n" && try ${words(mounting, false, fstab)}; }`;
  return `try ${words(mounting, true, fstab)} || ${strict}`;
}

/** Text that makes the mount point, and `unmake`, which removes what of it is new. */
const MAKE_PLACE =
  `new=; q=$n; while [ -n "$q" ] && [ ! -e "$q" ]; do new="$q"; q=\${q%/*}; done; ` +
  `[ -z "$new" ] || try mkdir -p -- "$n" || fail "Error making dir $n: $said"; ` +
  `unmake() { [ -n "$new" ] || return 0; q=$n; while rmdir -- "$q" 2>/dev/null && [ "$q" != "$new" ]; do q=\${q%/*}; done; }; `;

/**
 * Text that mounts with a fstab, which is the new one before it takes the old one's place: a mount that fails leaves the old
 * fstab and no folder.
 */
export function mountSteps(mounting: Mounting, fstab: 'new' | 'old'): string {
  const path = fstab === 'new' ? ' -T "$t"' : table(mounting.fstab);
  return (
    `${MAKE_PLACE}if mounted; then ${fstab === 'new' ? `{ ${remountSteps(mounting, path)}; }` : ':'}; ` +
    `else try ${words(mounting, false, path)}; fi || { unmake; fail "Error mounting $n: $said"; }; `
  );
}

/** The states that fstab has no part in: one script that looks and does. */
export function liveScript(mounting: Mounting, checkMode: boolean): string {
  const act = (text: string) => `changes=1; ${checkMode ? '' : text}`;
  const path = table(mounting.fstab);
  switch (mounting.state) {
    case 'unmounted':
      return `${beginScript(mounting)}if mounted; then ${act(`try umount -- "$n" || fail "Error unmounting $n: $said"; `)}fi; ${END}`;
    case 'remounted':
      return `${beginScript(mounting)}${act(`{ ${remountSteps(mounting, path)}; } || fail "Error remounting $n: $said"; `)}${END}`;
    default:
      return (
        `${beginScript(mounting)}s=${quote(mounting.src)}; if mounted; then ` +
        `[ "$(findmnt -n -o SOURCE --mountpoint "$n" | tail -n 1)" = "$s" ] || [ "$n" -ef "$s" ] || ` +
        `fail 'Ephemeral mount point is already mounted with a different source than the specified one. Failing in order to prevent an ` +
        `unwanted unmount or override operation. Try replacing this command with a "state: unmounted" followed by a "state: ephemeral", or use ` +
        `a different destination path.'; ` +
        act(`{ ${remountSteps(mounting, path)}; } || fail "Error mounting $n: $said"; `) +
        `else ${act(`${MAKE_PLACE}try ${words(mounting, false, path)} || { unmake; fail "Error mounting $n: $said"; }; `)}fi; ${END}`
      );
  }
}

/** Text that unmounts and removes the place of an entry that is gone from fstab. */
export const LEAVE_PLACE =
  `! mounted || try umount -- "$n" || fail "Error unmounting $n: $said"; ` +
  `[ ! -e "$n" ] || try rmdir -- "$n" || fail "Error rmdir $n: $said"; `;
