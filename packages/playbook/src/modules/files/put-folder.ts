import { createHash } from 'node:crypto';
import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import type { RemoteOutput } from '../../transport/transport.js';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { contentDiff } from './content-diff.js';
import { attributeSteps, type Attributes } from './file-attributes.js';
import { readReport, reportFunction, type FileReport } from './file-report.js';
import { foldersFunction } from './make-folders.js';
import { done, failure, NEXT, type Plan, type Step } from '../module.js';
import type { Mode } from './put-file.js';
import { putSteps } from './put-script.js';
import type { FolderEntry } from './walk-folder.js';

/** A folder whose entries should be in another one on the machine. */
export interface FolderToPut extends Mode {
  readonly dest: Str;
  /** Below `dest`; '' puts the entries into `dest` itself. */
  readonly name: string;
  readonly entries: readonly FolderEntry[];
  /** Where the contents are on the machine, when they are not sent. */
  readonly remoteRoot: Str | undefined;
  readonly attributes: Attributes;
  readonly directoryMode: string | undefined;
  readonly force: boolean;
  readonly backup: boolean;
  readonly validation: string;
  readonly returns: Readonly<Record<string, unknown>>;
}

/**
 * `each KIND NAME SUM SIZE MODE` does one entry in a subshell and prints its report with a NUL behind it; the first failure
 * ends the script.
 */
function functions(folder: FolderToPut, sends: boolean): string {
  const { checkMode, remoteRoot } = folder;
  const content = remoteRoot !== undefined ? 'cat -- "$s"' : sends ? 'head -c "$size"' : undefined;
  const known =
    remoteRoot === undefined
      ? ''
      : `s=${pathWord(remoteRoot, 'src')}; s=\${s%/}/$2; sum=$(sha1sum <"$s") || report failed "Source $s not readable"; sum=\${sum%% *}; `;
  const link = checkMode
    ? 'c=1; '
    : `rm -f -- "$d.tenon.$$"; m=$(ln -s -- "$3" "$d.tenon.$$" 2>&1 && mv -fT -- "$d.tenon.$$" "$d" 2>&1) || report failed "$m"; c=1; `;
  return (
    reportFunction +
    foldersFunction({ ...folder.attributes, mode: folder.directoryMode }, checkMode) +
    `entry() { d=$root\${2:+/$2}; case $1 in ` +
    `folder) folders "$d"; [ ! -d "$d" ] || { f=$d; ${attributeSteps({ ...folder.attributes, mode: folder.directoryMode }, { checkMode })}:; }; case $c in 0) report ok '' ;; *) report changed '' ;; esac ;; ` +
    `link) folders "\${d%/*}"; if [ ! -L "$d" ] || [ "$(readlink -- "$d"; printf .)" != "$3\n." ]; then ${link}fi; case $c in 0) report ok '' ;; *) report changed '' ;; esac ;; ` +
    `*) sum=$3; size=$4; keep=$5; folders "\${d%/*}"; ${known}${putSteps(folder, content, remoteRoot === undefined ? undefined : 'show new "$s"; ')} ;; esac; }; ` +
    `n=0; each() { (entry "$@"); e=$?; printf '\\0'; case $e in 0) ;; ${NEXT}) n=${NEXT} ;; *) exit 1 ;; esac; }; `
  );
}

function call(entry: FolderEntry): string {
  switch (entry.kind) {
    case 'folder':
      return `each folder ${quote(entry.name)}\n`;
    case 'link':
      return `each link ${quote(entry.name)} ${quote(entry.target)}\n`;
    case 'file': {
      const content = entry.content ?? Buffer.alloc(0);
      const sum = createHash('sha1').update(content).digest('hex');
      return `each file ${quote(entry.name)} ${sum} ${content.length} ${entry.mode}\n`;
    }
  }
}

function script(folder: FolderToPut, entries: readonly FolderEntry[], sends: boolean): string {
  const below = folder.name === '' ? '' : `root=\${root%/}/${quote(folder.name)}; `;
  return `${functions(folder, sends)}root=${pathWord(folder.dest, 'dest')}; ${below}root=\${root%/}\n${entries.map(call).join('')}exit $n`;
}

/** The reports of `each`, or the first failure. */
function readReports(output: RemoteOutput, what: string): FileReport[] | Step {
  const text = output.stdout.toString('latin1');
  const reports: FileReport[] = [];
  let fields = text.split('\0');
  while (fields.length > 1) {
    const shown = fields.slice(0, 4).filter((field, index) => index % 2 === 0 && /^(?:old|new)$/.test(field));
    const length = 5 + 2 * shown.length;
    const stdout = Buffer.from(fields.slice(0, length).join('\0'), 'latin1');
    const report = readReport({ ...output, stdout }, what);
    if (!('status' in report)) return report;
    reports.push(report);
    fields = fields.slice(length);
  }
  return reports.length === 0 && output.rc !== 0 ? readReportFailure(output, what) : reports;
}

function readReportFailure(output: RemoteOutput, what: string): Step {
  return failure(
    `cannot ${what}: ${output.stderr.toString().trim() || `the script ended with ${output.rc}`}`,
  );
}

function diffsOf(entries: readonly FolderEntry[], reports: readonly FileReport[], folder: FolderToPut) {
  return reports.flatMap((report, index) => {
    const entry = entries[index];
    if (report.status !== 'changed' || entry?.kind !== 'file' || report.changes.length > 0) return [];
    const after = entry.content ?? report.new;
    const headers = { beforeHeader: report.path, afterHeader: `${plain(folder.dest)}/${entry.name}` };
    const diff = after && contentDiff(report.old ?? Buffer.alloc(0), after, headers);
    return diff === undefined ? [] : [diff];
  });
}

function resultOf(
  folder: FolderToPut,
  entries: readonly FolderEntry[],
  reports: readonly FileReport[],
  changedBefore: boolean,
): Step {
  const changed = changedBefore || reports.some((report) => report.status === 'changed');
  const diff = folder.diffMode ? diffsOf(entries, reports, folder) : [];
  const [only] = reports;
  return done({
    changed,
    ...(diff.length > 0 && { diff }),
    returns: {
      ...(reports.length === 1 && only?.facts),
      dest: plain(folder.dest),
      ...folder.returns,
    },
  });
}

/** In the order of the calls. */
function contentsOf(entries: readonly FolderEntry[]): Buffer[] {
  return entries.flatMap((entry) =>
    entry.kind === 'file' && entry.content !== undefined ? [entry.content] : [],
  );
}

/** Sends what is needed, and gives the result of everything. */
function send(folder: FolderToPut, entries: readonly FolderEntry[], changedBefore: boolean): Plan {
  return {
    script: script(folder, entries, true),
    stdin: Buffer.concat(contentsOf(entries)),
    interpret(output) {
      const reports = readReports(output, `write ${plain(folder.dest)}`);
      return Array.isArray(reports) ? resultOf(folder, entries, reports, changedBefore) : reports;
    },
  };
}

/**
 * Brings the entries of a folder to their places: one trip compares everything, a second one sends the contents that the
 * machine has not.
 */
export function putFolder(folder: FolderToPut): Plan {
  const { entries } = folder;
  return {
    script: script(folder, entries, false),
    interpret(output) {
      const reports = readReports(output, `write ${plain(folder.dest)}`);
      if (!Array.isArray(reports)) return reports;
      const needed = entries.filter((_, index) => reports[index]?.status === 'needed');
      const changed = reports.some((report) => report.status === 'changed');
      if (needed.length > 0) return { plan: send(folder, needed, changed) };
      return resultOf(folder, entries, reports, false);
    },
  };
}
