import { createHash } from 'node:crypto';
import type { MachineRequest } from '../module.js';
import { quote } from '../../shell/quote.js';

/** How a text file is replaced. */
interface Rewriting {
  /** The file's path as a shell word. */
  readonly path: string;
  /** What was read; undefined when there was no file. The file must still be that. */
  readonly before: string | undefined;
  readonly after: string;
  /** Keep the old file beside the new one; its path is said as `backup_file`. @default false */
  readonly backup?: boolean;
  /** Script text for the new file `$t`: its owner and mode. Default: those of the old file, or what the umask gives. */
  readonly attributes?: string;
  /** Script text to be run before the new file takes the old one's place; it may `fail`. @default '' */
  readonly first?: string;
}

const sumOf = (text: string) => createHash('sha1').update(text).digest('hex');

/** Script text that leaves in `$text` the content of `$d`, with all line ends, and in `$there` whether the file is there. */
export const READ_TEXT = `there=; text=; if [ -f "$d" ]; then there=1; text=$(cat -- "$d" && printf .) || fail "cannot read $d"; text=\${text%.}; fi; `;

/** Script text with which READ_TEXT's findings are said. */
export const SAY_TEXT = `say there "$there"; say text "$text"; `;

const KEEP = `if [ -f "$d" ]; then chown --reference="$d" -- "$t" && chmod --reference="$d" -- "$t"; else chmod =rw -- "$t"; fi`;

/**
 * Gives a file another content in one step: beside the old, then rename. Fails when somebody else has changed the file since
 * it was read, so that no change is lost. Needs FIELDS; `$d` is the file afterwards.
 */
export function rewriteText({
  path,
  before,
  after,
  backup = false,
  attributes = KEEP,
  first = '',
}: Rewriting): Required<Pick<MachineRequest, 'script' | 'stdin'>> {
  const same =
    before === undefined ? `[ ! -e "$d" ]` : `[ "$(sha1sum <"$d" 2>/dev/null)" = '${sumOf(before)}  -' ]`;
  const copy = `[ ! -e "$d" ] || { b=$d.$$.$(date +%Y-%m-%d@%H:%M:%S~); cp -p -- "$d" "$b" || fail "cannot back up $d"; say backup_file "$b"; }; `;
  return {
    script:
      `d=${path}; p=\${d%/*}; [ "$p" != "$d" ] || p=.; p=\${p:-/}; ` +
      `t=$(mktemp "$p/.tenon.XXXXXXXXXX" 2>&1) || fail "$t"; trap 'rm -f -- "$t"' EXIT; trap 'exit 1' HUP TERM INT PIPE; ` +
      `cat >"$t"; [ "$(sha1sum <"$t")" = ${quote(`${sumOf(after)}  -`)} ] || fail "the content of $d did not arrive whole; the file is as it was"; ` +
      `${same} || fail "cannot change $d: it was changed meanwhile; run again"; ` +
      `{ ${attributes}; } || fail "cannot set the owner and mode of $d"; ${first}${backup ? copy : ''}` +
      `said=$(mv -fT -- "$t" "$d" 2>&1) || fail "$said"; `,
    stdin: Buffer.from(after),
  };
}
