import { createHash } from 'node:crypto';
import { plain } from '@tenon/jinja/text';
import { spansOf, type Str } from '@tenon/jinja/values';
import { pathWord } from '../shell/path-word.js';
import { quote } from '../shell/quote.js';
import { attributeSteps, type Attributes } from './file-attributes.js';
import { readReport, reportFunction } from './file-report.js';
import { done, ModuleError, type Plan, type Step } from './module.js';

/** Above this the machine is asked for its checksum before the content is sent. */
const SEND_AT_ONCE_BYTES = 64 * 1024;

/** One file that should have a content. */
export interface FileToPut {
  readonly dest: Str;
  /** The file's name when `dest` is a folder; undefined refuses a folder. */
  readonly name: string | undefined;
  readonly attributes: Attributes;
  readonly content: { readonly bytes: Buffer } | { readonly remotePath: Str };
  /** Replace a file that is there already. */
  readonly force: boolean;
  readonly backup: boolean;
  /** Write to what a link points to. */
  readonly follow: boolean;
  /** A command with %s for the new file; its failure keeps the old one. */
  readonly validate: Str | undefined;
  readonly directoryMode: string | undefined;
  /** More values for the result. */
  readonly returns: Readonly<Record<string, unknown>>;
}

function validation(validate: Str): string {
  if (spansOf(validate).some((span) => span.tainted))
    throw new ModuleError('refused: validate holds tenant data; write the command in the playbook');
  const text = plain(validate);
  if (!text.includes('%s')) throw new ModuleError(`validate must contain %s: ${text}`);
  const command = text.replaceAll('%s', '"$t"');
  return `m=$(${command} </dev/null 2>&1) || report failed "failed to validate: $m"; `;
}

/** `$d` becomes the file, `$p` its folder. */
function locate(file: FileToPut): string {
  const inFolder =
    file.name === undefined
      ? `report failed "$d is a folder; name the file"`
      : `d=\${d%/}/${quote(file.name)}`;
  const mode = file.directoryMode === undefined ? '' : ` -m ${file.directoryMode}`;
  return (
    `d=${pathWord(file.dest, 'dest')}; ` +
    `case $d in */) [ -d "$d" ] || m=$(mkdir -p${mode} -- "$d" 2>&1) || report failed "$m"; esac; ` +
    `[ ! -d "$d" ] || ${inFolder}; ` +
    (file.follow ? `[ ! -L "$d" ] || d=$(readlink -f -- "$d"); ` : '') +
    `p=\${d%/*}; [ "$p" != "$d" ] || p=.; p=\${p:-/}; ` +
    `[ -d "$p" ] || report failed "Destination directory $p does not exist"; `
  );
}

/**
 * New content beside the old, then rename: readers see the one or the other. The checksum is taken again, so
 * that a connection cut in the middle of the content never replaces a file.
 */
function replace(file: FileToPut, source: string): string {
  return (
    `t=$(mktemp "$p/.tenon.XXXXXXXXXX" 2>&1) || report failed "$t"; ` +
    `trap 'rm -f -- "$t"' EXIT; trap 'exit 1' HUP TERM INT PIPE; ` +
    `${source} >"$t" || report failed "cannot write $t"; ` +
    `[ "$(sha1sum <"$t")" = "$sum  -" ] || report failed "the content did not arrive whole; the file is as it was"; ` +
    `if [ -f "$d" ]; then chown --reference="$d" -- "$t" 2>/dev/null; chmod --reference="$d" -- "$t"; else chmod =rw -- "$t"; fi; ` +
    `f=$t; ${attributeSteps(file.attributes)}c=1; ` +
    (file.validate === undefined ? '' : validation(file.validate)) +
    (file.backup
      ? `b=; if [ -e "$d" ]; then b=$d.$$.$(date +%Y-%m-%d@%H:%M:%S~); cp -p -- "$d" "$b" || report failed "cannot back up $d"; fi; `
      : '') +
    `m=$(mv -fT -- "$t" "$d" 2>&1) || report failed "$m"; `
  );
}

function script(file: FileToPut, sum: string, source: string | undefined): string {
  const write = source === undefined ? `report needed ''; ` : replace(file, source);
  const exists = file.force ? '' : `[ ! -e "$d" ] || report ok ''; `;
  return (
    reportFunction +
    locate(file) +
    `sum=${sum}; ${exists}old=; [ ! -f "$d" ] || old=$(sha1sum <"$d"); ` +
    `if [ "$old" != "$sum  -" ]; then ${write}` +
    `else f=$d; ${attributeSteps(file.attributes)}fi; ` +
    `case $c in 0) report ok '' ;; *) report changed "\${b-}" ;; esac`
  );
}

function interpretWith(file: FileToPut, checksum: string | undefined, more: () => Step): Plan['interpret'] {
  return (output) => {
    const report = readReport(output, `write ${plain(file.dest)}`);
    if (!('status' in report)) return report;
    if (report.status === 'needed') return more();
    const backup = report.message === '' ? {} : { backup_file: report.message };
    return done({
      changed: report.status === 'changed',
      returns: {
        dest: report.path,
        ...(checksum !== undefined && { checksum }),
        ...report.facts,
        ...backup,
        ...file.returns,
      },
    });
  };
}

function planFromRemote(file: FileToPut, path: Str): Plan {
  const source = pathWord(path, 'src');
  const read = `$(s=${source}; [ -f "$s" ] && sha1sum <"$s" | cut -d' ' -f1)`;
  return {
    script: script(
      file,
      `${read}; s=${source}; [ -n "$sum" ] || report failed "Source $s not found"`,
      'cat -- "$s"',
    ),
    interpret: interpretWith(file, undefined, () => done({ changed: false })),
  };
}

/** Brings one file to its content and attributes; changes nothing when it has them. Big contents take a second trip. */
export function putFile(file: FileToPut): Plan {
  if ('remotePath' in file.content) return planFromRemote(file, file.content.remotePath);
  const { bytes } = file.content;
  const sum = createHash('sha1').update(bytes).digest('hex');
  const send: Plan = {
    script: script(file, sum, 'cat'),
    stdin: bytes,
    interpret: interpretWith(file, sum, () => done({ changed: false })),
  };
  if (bytes.length <= SEND_AT_ONCE_BYTES) return send;
  return {
    script: script(file, sum, undefined),
    interpret: interpretWith(file, sum, () => ({ plan: send })),
  };
}
