import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { createHash } from 'node:crypto';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { attributeOptions, attributeSteps, type Attributes } from './file-attributes.js';
import { attributesDiff, readReport, reportFunction, type FileReport } from './file-report.js';
import { foldersFunction } from './make-folders.js';
import { done, failure, NEXT, type Diff, type ModuleResult, type Plan, type Step } from '../module.js';
import type { Mode } from './put-file.js';
import { putSteps } from './put-script.js';
import { firstPart, restOf, type FilePart } from './read-parts.js';
import { validation } from './validate-file.js';

/** The options of the modules that edit a file. */
export const editOptions = {
  ...attributeOptions,
  path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], help: 'The file.' },
  create: { type: 'bool', default: false, help: 'Make the file when it is missing.' },
  backup: { type: 'bool', default: false, help: 'Keep the old file beside the new one.' },
  validate: { type: 'str', help: 'A command that checks the new file, with %s in its place.' },
} as const;

/** What an edit makes of a content; equal bytes are no change. */
export interface Edited {
  readonly content: Buffer;
  /** What was done, in Ansible's words. */
  readonly msg: string;
  readonly returns?: Readonly<Record<string, unknown>>;
}

/** A file on the machine whose content is changed here. */
export interface FileToEdit extends Mode {
  readonly path: Str;
  readonly attributes: Attributes;
  readonly backup: boolean;
  readonly validate: Str | undefined;
  /** Make the file, and its folder, when it is missing. */
  readonly create: boolean;
  /** The failure when it is missing and not made; a result when that is no failure. */
  readonly missing: (path: string) => ModuleResult;
  /**
   * Script text that ends with 0 when the machine sees by itself that `$d` is as it should be. Then nothing travels, and
   * the task is done in the trip of others. '' when only we can tell.
   */
  readonly alreadyRight: string;
  /** What is returned then, beside path and facts. */
  readonly rightReturns?: Readonly<Record<string, unknown>>;
  /** Undefined is a file that is missing. Throws ModuleError. */
  edit(before: Buffer | undefined): Edited;
}

const ATTRIBUTES_CHANGED = 'ownership, perms or SE linux context changed';

/**
 * Observes: whether attributes are other ones (`attributes`), then the content. Ends with 0 only when the machine knows that
 * there is nothing to do.
 */
function observation({ path, attributes, alreadyRight }: FileToEdit): string {
  const right = alreadyRight === '' ? '' : `if [ $c = 0 ] && { ${alreadyRight}; }; then report ok ''; fi; `;
  return (
    `${reportFunction}d=${pathWord(path, 'path')}; ` +
    `[ ! -d "$d" ] || { printf 'folder\\0%s\\0' "$d"; exit 1; }; ` +
    `[ -e "$d" ] || { printf 'absent\\0%s\\0' "$d"; exit ${NEXT}; }; ` +
    `f=$d; ${attributeSteps(attributes, { checkMode: true })}${right}` +
    `printf 'content\\0%s\\0%s\\0' "$d" "$w"; ${firstPart}exit ${NEXT}`
  );
}

interface Observed {
  readonly path: string;
  /** Undefined when the file is missing. */
  readonly before: Buffer | undefined;
  /** The words of `$w`; '' when the attributes are right. */
  readonly attributeChanges: string;
}

/** What an edit has come to, or would. */
interface Outcome {
  readonly isOwned: boolean;
  readonly backup: string;
  readonly changes: FileReport['changes'];
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Without a second trip only what the first one saw is known. */
function outcomeOf({ attributeChanges }: Observed, report: FileReport | undefined): Outcome {
  if (report === undefined) return { isOwned: attributeChanges !== '', backup: '', changes: [], facts: {} };
  const [flag, backup = ''] = report.message.split(/\|(.*)/s);
  const { changes, facts } = report;
  return { isOwned: Boolean(flag) || changes.length > 0, backup, changes, facts };
}

function diffOf(
  { before, path }: Observed,
  content: Buffer,
  changes: FileReport['changes'],
): readonly Diff[] {
  const header = `${path} (content)`;
  const texts = { before: before?.toString() ?? '', after: content.toString() };
  const attributes = changes.length > 0 ? [attributesDiff({ path, changes })] : [];
  return [{ ...texts, beforeHeader: header, afterHeader: header }, ...attributes];
}

function results(file: FileToEdit, observed: Observed, edited: Edited, report?: FileReport): Step {
  const isEdited = observed.before?.equals(edited.content) !== true;
  const { isOwned, backup, changes, facts } = outcomeOf(observed, report);
  const words = [...(edited.msg === '' ? [] : [edited.msg]), ...(isOwned ? [ATTRIBUTES_CHANGED] : [])];
  const changed = isEdited || isOwned;
  return done({
    changed,
    msg: words.join(' and '),
    ...(changed && file.diffMode && { diff: diffOf(observed, edited.content, changes) }),
    returns: {
      ...{ path: observed.path, ...facts, ...edited.returns },
      ...(backup !== '' && { backup_file: backup, backup }),
    },
  });
}

/** Writes the new content; the real file behind a link. */
function writing(file: FileToEdit, observed: Observed, edited: Edited): Plan {
  const { content } = edited;
  const sum = createHash('sha1').update(content).digest('hex');
  const rules = {
    ...{ attributes: file.attributes, force: true, backup: file.backup, checkMode: false, diffMode: false },
    validation: file.validate === undefined ? '' : validation(file.validate),
    message: '${q:+x}|${b-}',
  };
  const folders =
    observed.before === undefined
      ? `${foldersFunction({ mode: undefined, owner: undefined, group: undefined }, false)}case $d in */*) folders "\${d%/*}" ;; esac; `
      : '';
  return {
    script: `${reportFunction}d=${quote(observed.path)}; ${folders}d=$(readlink -f -- "$d"; printf .); d=\${d%??}; sum=${sum}; ${putSteps(rules, 'cat')}`,
    stdin: content,
    interpret(output) {
      const report = readReport(output, `write ${plain(file.path)}`);
      return 'status' in report ? results(file, observed, edited, report) : report;
    },
  };
}

function decide(file: FileToEdit, observed: Observed): Step {
  const { before, attributeChanges, path } = observed;
  if (before === undefined && !file.create) return done(file.missing(path));
  const edited = file.edit(before);
  const isSame = before?.equals(edited.content) ?? false;
  if (file.checkMode || (isSame && attributeChanges === '')) return results(file, observed, edited);
  return { plan: writing(file, observed, edited) };
}

function afterParts(file: FileToEdit, observed: Omit<Observed, 'before'>, part: FilePart): Step {
  return restOf(quote(observed.path), part, `read ${observed.path}`, (before) =>
    decide(file, { ...observed, before }),
  );
}

function interpretObservation(file: FileToEdit, output: RemoteOutput): Step {
  const [status, path = ''] = output.stdout.toString().split('\0', 2);
  switch (status) {
    case 'folder':
      return failure(`Path ${path} is a directory !`, { path, rc: 256 });
    case 'absent':
      return decide(file, { path, before: undefined, attributeChanges: '' });
    case 'content': {
      const [, , attributeChanges = ''] = output.stdout.toString().split('\0', 3);
      const start = Buffer.byteLength(`content\0${path}\0${attributeChanges}\0`);
      return afterParts(file, { path, attributeChanges }, output.stdout.subarray(start));
    }
    default: {
      const report = readReport(output, `read ${plain(file.path)}`);
      if (!('status' in report)) return report;
      const returns = { path: report.path, ...report.facts, ...file.rightReturns };
      return done({ changed: false, msg: '', returns });
    }
  }
}

/** One trip when nothing is to be done, and two when something is; none of them writes in check mode. */
export function editFile(file: FileToEdit): Plan {
  return {
    script: observation(file),
    interpret: (output) => interpretObservation(file, output),
  };
}
