import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import type { RemoteOutput } from '../../transport/transport.js';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { contentDiff } from './content-diff.js';
import type { Attributes } from './file-attributes.js';
import { attributesDiff, readReport, reportFunction, type FileReport } from './file-report.js';
import { foldersFunction } from './make-folders.js';
import { done, type Diff, type ModuleContext, type Plan, type Step } from '../module.js';
import { destination, intoFolder, putSteps, type ContentCommand, type PutRules } from './put-script.js';
import { validation } from './validate-file.js';

/** Above this the machine is asked for its checksum before the content is sent. */
const SEND_AT_ONCE_BYTES = 64 * 1024;

/** Up to here a text is a part of the script: two processes less than to read it from stdin, and to let it pass unread. */
const WITHIN_SCRIPT_BYTES = 16 * 1024;

/** A command of the shell's own, so that the text is in no argv; undefined for what no script can hold. */
function printText(bytes: Buffer): string | undefined {
  if (bytes.length > WITHIN_SCRIPT_BYTES || bytes.includes(0) || !isUtf8(bytes)) return undefined;
  return `printf '%s' ${quote(bytes.toString())}`;
}

/** Whether to act, and what to tell. */
export type Mode = Pick<ModuleContext, 'checkMode' | 'diffMode'>;

/** One file that should have a content. */
export interface FileToPut extends Mode {
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
  /** The SHA-1 that a content on the machine must have. */
  readonly checksum?: string | undefined;
  /** What stands over the new text in a diff. Default: the file itself. */
  readonly shownAs?: string;
  /** More values for the result. */
  readonly returns: Readonly<Record<string, unknown>>;
}

/** Folders that `dest` names with its last slash are made, with the mode of `directory_mode`. */
function locate(file: FileToPut): string {
  const folder = { ...file.attributes, mode: file.directoryMode };
  return (
    `d=${pathWord(file.dest, 'dest')}; ` +
    (/\/$/.test(plain(file.dest)) && file.name !== undefined
      ? `${foldersFunction(folder, file.checkMode)}d=\${d%/}; folders "$d"; d=\${d:-/}/${quote(file.name)}; `
      : '') +
    intoFolder(file.name) +
    destination(file)
  );
}

function rulesOf(file: FileToPut): PutRules {
  const check = file.validate === undefined ? '' : validation(file.validate);
  return { ...file, replacesLink: true, validation: check };
}

function diffOf(file: FileToPut, report: FileReport): readonly Diff[] {
  const after = 'bytes' in file.content ? file.content.bytes : report.new;
  const isPut = report.old !== undefined || report.new !== undefined || report.changes.length === 0;
  const text =
    isPut && after !== undefined
      ? contentDiff(report.old ?? Buffer.alloc(0), after, {
          beforeHeader: report.path,
          afterHeader: file.shownAs ?? report.path,
        })
      : undefined;
  return [
    ...(text === undefined ? [] : [text]),
    ...(report.changes.length === 0 ? [] : [attributesDiff(report)]),
  ];
}

/** The checksums of a content that only the machine knows stand in front of the report. */
function withoutSums(output: RemoteOutput): { output: RemoteOutput; sums: Record<string, unknown> } {
  const [, checksum, md5sum] = /^sums\0(\w+)\0(\w+)\0/.exec(output.stdout.toString('latin1')) ?? [];
  if (checksum === undefined || md5sum === undefined) return { output, sums: {} };
  const stdout = output.stdout.subarray(`sums\0${checksum}\0${md5sum}\0`.length);
  return { output: { ...output, stdout }, sums: { checksum, md5sum } };
}

function interpretWith(
  file: FileToPut,
  returns: Record<string, unknown>,
  more: () => Step,
): Plan['interpret'] {
  return (output) => {
    const { output: rest, sums } = withoutSums(output);
    const report = readReport(rest, `write ${plain(file.dest)}`);
    if (!('status' in report)) return report;
    if (report.status === 'needed') return more();
    const changed = report.status === 'changed';
    return done({
      changed,
      ...(changed && file.diffMode && { diff: diffOf(file, report) }),
      returns: {
        ...{ dest: report.path, path: report.path },
        ...{ ...returns, ...sums },
        ...report.facts,
        ...(report.message !== '' && { backup_file: report.message }),
        ...file.returns,
      },
    });
  };
}

function planFromRemote(file: FileToPut, path: Str): Plan {
  const expected =
    file.checksum === undefined
      ? ''
      : `[ "$sum" = ${quote(file.checksum)} ] || report failed 'Copied file does not match the expected checksum. Transfer failed.'; `;
  const source =
    `s=${pathWord(path, 'src')}; [ -e "$s" ] || report failed "Source $s not found"; ` +
    `sum=$(sha1sum <"$s") || report failed "Source $s not readable"; sum=\${sum%% *}; ${expected}keep=$(stat -Lc %a -- "$s"); md5=$(md5sum <"$s"); printf 'sums\\0%s\\0%s\\0' "$sum" "\${md5%% *}"; `;
  return {
    script:
      reportFunction + locate(file) + source + putSteps(rulesOf(file), 'cat -- "$s"', 'show new "$s"; '),
    interpret: interpretWith(file, {}, () => done({ changed: false })),
  };
}

/** Brings one file to its content and attributes; changes nothing when it has them. Big contents take a second trip. */
export function putFile(file: FileToPut): Plan {
  if ('remotePath' in file.content) return planFromRemote(file, file.content.remotePath);
  const { bytes } = file.content;
  const sum = createHash('sha1').update(bytes).digest('hex');
  const returns = { checksum: sum, md5sum: createHash('md5').update(bytes).digest('hex') };
  const script = (content: ContentCommand) =>
    `${reportFunction}${locate(file)}sum=${sum}; ${putSteps(rulesOf(file), content)}`;
  const print = printText(bytes);
  const send: Plan = {
    script: script(print ?? 'cat'),
    ...(print === undefined && { stdin: bytes }),
    interpret: interpretWith(file, returns, () => done({ changed: false })),
  };
  if (bytes.length <= SEND_AT_ONCE_BYTES && !file.checkMode) return send;
  return {
    script: script(undefined),
    interpret: interpretWith(file, returns, () => ({ plan: send })),
  };
}
