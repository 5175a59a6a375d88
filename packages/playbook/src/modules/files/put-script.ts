import { quote } from '../../shell/quote.js';
import { attributeSteps, type Attributes } from './file-attributes.js';

/** How a file is brought to its content. */
export interface PutRules {
  readonly attributes: Attributes;
  /** Replace a file that is there already. */
  readonly force: boolean;
  readonly backup: boolean;
  /** A file in place of a link has permissions of its own. Default: those of what the link points to. */
  readonly replacesLink?: boolean;
  /** Script text that checks the new file `$t`; '' for none. */
  readonly validation: string;
  readonly checkMode: boolean;
  readonly diffMode: boolean;
  /** Shell text for the message of a change. `$q` has what attributes the new content got. Default: the copy of the old file. */
  readonly message?: string;
}

/** How the content gets to the machine: a command that prints it, or not yet. */
export type ContentCommand = string | undefined;

/** `$b` becomes the copy of the old file. */
const BACK_UP =
  `b=; if [ -e "$d" ]; then b=$d.$$.$(date +%Y-%m-%d@%H:%M:%S~); ` +
  `m=$(cp -p -- "$d" "$b" 2>&1) || report failed "Could not make backup of $d to $b: $m"; fi; `;

/**
 * New content beside the old, then rename: readers see the one or the other. The checksum is taken again, so
 * that a connection cut in the middle of the content never replaces a file.
 */
function replace(
  { attributes, backup, validation, replacesLink = false }: PutRules,
  content: string,
): string {
  const isOld = replacesLink ? '[ -f "$d" ] && [ ! -L "$d" ]' : '[ -f "$d" ]';
  return (
    `p=\${d%/*}; [ "$p" != "$d" ] || p=.; p=\${p:-/}; ` +
    `t=$(mktemp "$p/.tenon.XXXXXXXXXX" 2>&1) || report failed "Destination $p not writable: $t"; ` +
    `trap 'rm -rf -- "$t" \${h:+"$h"}' EXIT; trap 'exit 1' HUP TERM INT PIPE; ` +
    `${content} >"$t" || report failed "cannot write $t"; ` +
    `[ "$(sha1sum <"$t")" = "$sum  -" ] || report failed "the content did not arrive whole; the file is as it was"; ` +
    `if ${isOld}; then chown --reference="$d" -- "$t" 2>/dev/null; chmod --reference="$d" -- "$t"; else chmod =rw -- "$t"; fi; ` +
    `f=$t; ${attributeSteps(attributes)}c=1; q=$w; w=; ${validation}` +
    (backup ? BACK_UP : '') +
    `m=$(mv -fT -- "$t" "$d" 2>&1) || report failed "$m"; `
  );
}

function write(rules: PutRules, content: ContentCommand, newContent: string | undefined): string {
  if (rules.checkMode) {
    const shown = rules.diffMode ? `show old "$d"; ${newContent ?? ''}` : '';
    return `${shown}c=1; `;
  }
  if (content === undefined) return `report needed ''; `;
  const shown = rules.diffMode ? `show old "$d"; ${newContent ?? ''}` : '';
  return shown + replace(rules, content);
}

/**
 * Script text that gives `$d` the content whose SHA-1 is `$sum`, and the attributes. Reports `needed` when the content
 * is wanted and no command brings it. `newContent` shows a content that only the machine knows (`show new FILE`).
 */
export function putSteps(rules: PutRules, content: ContentCommand, newContent?: string): string {
  const exists = rules.force ? '' : `[ ! -e "$d" ] || report ok ''; `;
  const { attributes, checkMode } = rules;
  return (
    `${exists}old=; [ ! -f "$d" ] || old=$(sha1sum <"$d"); ` +
    `if [ "$old" != "$sum  -" ]; then ${write(rules, content, newContent)}` +
    `else f=$d; ${attributeSteps(attributes, { checkMode })}fi; ` +
    `case $c in 0) report ok '' ;; *) report changed "${rules.message ?? '${b-}'}" ;; esac`
  );
}

/** Script text that makes of `$d` the file in it when it is a folder. */
export function intoFolder(name: string | undefined): string {
  return name === undefined
    ? `[ ! -d "$d" ] || report failed 'can not use content with a dir as dest'; `
    : `[ ! -d "$d" ] || d=\${d%/}/${quote(name)}; `;
}

/** Script text that follows a link at `$d` and wants the folder of `$d` to be there, unless only a prediction is asked for. */
export function destination({ follow, checkMode }: { follow: boolean; checkMode: boolean }): string {
  const parent = checkMode
    ? ''
    : `p=\${d%/*}; [ "$p" != "$d" ] || p=.; p=\${p:-/}; [ -d "$p" ] || report failed "Destination directory $p does not exist"; `;
  return (follow ? `[ ! -L "$d" ] || d=$(readlink -f -- "$d"); ` : '') + parent;
}
