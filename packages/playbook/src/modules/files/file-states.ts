import { quote } from '../../shell/quote.js';
import { attributeSteps, type Attributes } from './file-attributes.js';
import type { FileTime } from './file-times.js';
import { timeSteps } from './file-times.js';
import { foldersFunction } from './make-folders.js';

/** What `file` should do, beside the state itself. */
export interface FileWishes {
  readonly attributes: Attributes;
  readonly times: { readonly access: FileTime; readonly modification: FileTime };
  readonly checkMode: boolean;
  /** Change what a link points to, not the link. */
  readonly follow: boolean;
  readonly force: boolean;
  readonly recurse: boolean;
  /** A shell word, for links. */
  readonly source: string | undefined;
}

/** Script text: `$k` becomes what `$d` is. */
export const kindOfFile =
  'if [ -L "$d" ]; then k=link; elif [ -d "$d" ]; then k=directory; elif [ -e "$d" ]; then k=file; else k=absent; fi; ';

/** Folders that no playbook wants to lose; Ansible would try. */
const REFUSE_ROOT = `case $d in ''|/|//|/.|/..) report failed "refused to remove $d" ;; esac; `;

const FOLLOW = `if [ $k = link ]; then d=$(readlink -f -- "$d"); ${kindOfFile}fi; `;

const NEW_NAME = `t=$d.tenon.$$; trap 'rm -f -- "$t"' EXIT; `;

function settle({ attributes, times, checkMode }: FileWishes, link = false): string {
  return attributeSteps(attributes, { checkMode, link }) + timeSteps(times, { checkMode, link });
}

/** Attributes of `$d`, or when it is a link and that is wished, of what it points to. */
function settleLink(wishes: FileWishes): string {
  if (!wishes.follow) return `f=$d; ${settle(wishes, true)}`;
  return `if [ -e "$d" ]; then f=$(readlink -f -- "$d"); ${settle(wishes)}fi; `;
}

export function absent({ checkMode }: FileWishes): string {
  const remove = checkMode
    ? ''
    : `e=\${d%/}; m=$(rm -rf -- "$e" 2>&1) || report failed "rmtree failed: $m"; `;
  return `${REFUSE_ROOT}[ $k = absent ] || { ${remove}c=1; }; `;
}

/** Links inside are left alone: whoever can write there could otherwise choose what changes hands. */
function below(wishes: FileWishes): string {
  const steps = settle(wishes);
  if (!wishes.recurse || steps === '') return '';
  const inner = `report() { printf 'failed %s' "$2"; exit 0; }; w=; for f; do c=0; ${steps}[ $c = 0 ] || printf x; done`;
  return (
    `m=$(find "$d" -mindepth 1 ! -type l -exec sh -c ${quote(inner)} sh {} +); ` +
    `case $m in *failed*) report failed "\${m#*failed }" ;; '') ;; *) c=1 ;; esac; `
  );
}

/** Every folder that has to be made gets the attributes, as in Ansible. */
export function directory(wishes: FileWishes): string {
  const { attributes, checkMode, follow } = wishes;
  return (
    foldersFunction(attributes, checkMode) +
    `d=\${d%/}; d=\${d:-/}; ${follow ? FOLLOW : ''}` +
    `case $k in directory) ;; absent) folders "$d" ;; *) report failed "$d already exists as a $k" ;; esac; ` +
    `if [ -d "$d" ]; then f=$d; ${settle(wishes)}${below(wishes)}:; fi; `
  );
}

export function regular(wishes: FileWishes): string {
  return (
    (wishes.follow ? FOLLOW : '') +
    `[ $k = file ] || report failed "file ($d) is $k, cannot continue"; f=$d; ${settle(wishes)}`
  );
}

/** No state: only the attributes of what is there. */
export function existing(wishes: FileWishes): string {
  return (
    `case $k in absent) report failed "file ($d) is absent, cannot continue" ;; ` +
    `link) ${settleLink(wishes)}:;; *) f=$d; ${settle(wishes)}:;; esac; `
  );
}

export function touch(wishes: FileWishes): string {
  const create = wishes.checkMode
    ? `c=1; report changed "$k"; `
    : `m=$( : 2>&1 >>"$d") || report failed "Error, could not touch target: $m"; c=1; `;
  return `[ -e "$d" ] || { ${create}}; f=$d; if [ $k = link ]; then ${settleLink(wishes)}:; else ${settle(wishes)}:; fi; `;
}

/** What is in the way is only replaced with force; a folder never unless it is empty. */
function clearTheWay({ force, checkMode }: FileWishes): string {
  const refuse = 'report failed "refusing to convert from $k to symlink for $d"';
  if (!force) return `case $k in file|directory) ${refuse} ;; esac; `;
  const remove = checkMode ? '[ -z "$(ls -A -- "$d")" ]' : 'rmdir -- "$d" 2>/dev/null';
  return `[ $k != directory ] || ${remove} || report failed "the directory $d is not empty, refusing to convert it"; `;
}

function replaceBy(command: string, { checkMode }: FileWishes): string {
  if (checkMode) return 'c=1; ';
  return `${NEW_NAME}m=$(${command} -- "$s" "$t" 2>&1 && mv -fT -- "$t" "$d" 2>&1) || report failed "Error while linking: $m"; c=1; `;
}

export function link(wishes: FileWishes): string {
  if (wishes.source === undefined)
    return `[ $k = link ] || report failed 'src is required for creating new symlinks'; ${settleLink(wishes)}`;
  const there =
    `case $s in /*) x=$s ;; *) if [ $k = directory ]; then x=$d/$s; else case $d in */*) x=\${d%/*}/$s ;; *) x=$s ;; esac; fi ;; esac; ` +
    `[ -e "$x" ] || report failed "src file does not exist, use \\"force=yes\\" if you really want to create the link: $x"; `;
  return (
    `s=${wishes.source}; ${wishes.force ? '' : there}` +
    `if [ $k = link ]; then o=$(readlink -- "$d"; printf .); o=\${o%??}; fi; ` +
    `if [ $k != link ] || [ "$o" != "$s" ]; then ${clearTheWay(wishes)}${replaceBy('ln -s', wishes)}fi; ` +
    `if [ -L "$d" ]; then ${settleLink(wishes)}:; fi; `
  );
}

export function hard(wishes: FileWishes): string {
  if (wishes.source === undefined)
    return `[ $k = file ] && [ "$(stat -c %h -- "$d")" -gt 1 ] || report failed 'src is required for creating new hardlinks'; f=$d; ${settle(wishes)}`;
  const inTheWay = wishes.force
    ? ''
    : `[ $k = absent ] || [ $k = link ] || report failed "Cannot link, $k exists at destination"; `;
  return (
    `s=${wishes.source}; [ -e "$s" ] || report failed 'src does not exist'; ` +
    `if [ ! "$d" -ef "$s" ]; then ${inTheWay}${replaceBy('ln', wishes)}fi; ` +
    `if [ -e "$d" ]; then f=$d; ${settle(wishes)}:; fi; `
  );
}
