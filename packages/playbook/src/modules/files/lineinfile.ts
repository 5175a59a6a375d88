import { plain, type Str } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import { editFile, editOptions, type Edited } from './edit-file.js';
import { readAttributes } from './file-attributes.js';
import { grepPattern } from './grep-pattern.js';
import { ensureLine, removeLines, splitLines, type LineEdit } from './line-edit.js';
import { defineModule, ModuleError, type ModuleResult } from '../module.js';
import { bytesText, compileBytes, patternOf, replacementOf } from './pattern-text.js';

interface LineArguments {
  readonly line: Str | undefined;
  readonly regexp: Str | undefined;
  readonly search_string: Str | undefined;
  readonly insertafter: Str | undefined;
  readonly insertbefore: Str | undefined;
  readonly backrefs: boolean;
  readonly firstmatch: boolean;
}

function placeOf({ insertafter, insertbefore }: LineArguments): LineEdit['place'] {
  if (insertbefore !== undefined)
    return plain(insertbefore) === 'BOF' ? 'BOF' : { before: compileBytes(insertbefore, 'insertbefore') };
  const after = insertafter === undefined ? 'EOF' : plain(insertafter);
  if (insertafter === undefined || after === 'EOF' || after === 'BOF') return after === 'BOF' ? 'BOF' : 'EOF';
  return { after: compileBytes(insertafter, 'insertafter') };
}

function editOf(args: LineArguments): Omit<LineEdit, 'line'> & { line: string | undefined } {
  const { line, regexp, search_string: search } = args;
  return {
    line: line === undefined ? undefined : bytesText(plain(line)),
    regexp: regexp === undefined ? undefined : compileBytes(regexp, 'regexp'),
    searchString: search === undefined ? undefined : bytesText(plain(search)),
    place: placeOf(args),
    replacement: args.backrefs && line !== undefined ? bytesText(replacementOf(line)) : undefined,
    firstMatch: args.firstmatch,
  };
}

/** No carriage return that would count as part of a line end, and an end for the last line. */
const PLAIN_LINES = `! grep -qaF '\r' -- "$d" && [ -z "$(tail -c1 -- "$d")" ]`;

const LONGEST_SHELL_LINE = 4096;

/**
 * A test by which the machine knows that the line is where it should be: it stands there and nothing else could match, or it
 * is what the pattern finds. Patterns go to grep over stdin.
 */
function presentTest(args: LineArguments): string {
  const { line, regexp, search_string: search, backrefs, firstmatch } = args;
  const text = line === undefined ? '' : plain(line);
  const anchored = [args.insertafter, args.insertbefore].some(
    (place) => place !== undefined && !['BOF', 'EOF'].includes(plain(place)),
  );
  if (/[\n\r\0]/.test(text) || text.length > LONGEST_SHELL_LINE || search !== undefined || backrefs)
    return '';
  const same = `printf '%s\\n' ${quote(text)} | LC_ALL=C grep -qaxFf - -- "$d" && ${PLAIN_LINES}`;
  if (regexp === undefined) return anchored && firstmatch ? '' : same;
  const pattern = grepPattern(patternOf(regexp));
  if (pattern === undefined) return '';
  const which = firstmatch ? ' -m1' : '';
  return (
    `l=$(printf '%s\\n' ${quote(pattern)} | LC_ALL=C grep${which} -aEf - -- "$d"; printf .); l=\${l%??}; ` +
    `${firstmatch ? '' : `case $l in *'\n'*) l=\${l##*'\n'} ;; esac; `}[ "$l" = ${quote(text)} ] && [ -n "$l" ] && ${PLAIN_LINES}`
  );
}

/** The same for a line that should not be there. */
function absentTest({ line, regexp, search_string: search }: LineArguments): string {
  const given = regexp ?? search ?? line ?? '';
  const text = regexp === undefined ? plain(given) : grepPattern(patternOf(given));
  if (text === undefined || text === '' || /[\n\r\0]/.test(text) || text.length > LONGEST_SHELL_LINE)
    return '';
  const how = regexp !== undefined ? '-qaE' : search !== undefined ? '-qaF' : '-qaxF';
  const plainLines = regexp === undefined && search === undefined ? ` && ! grep -qaF '\r' -- "$d"` : '';
  return `! printf '%s\\n' ${quote(text)} | LC_ALL=C grep ${how}f - -- "$d"${plainLines}`;
}

function edited(args: LineArguments, isPresent: boolean, before: Buffer | undefined): Edited {
  const edit = editOf(args);
  const lines = splitLines(before?.toString('latin1') ?? '');
  const content = () => Buffer.from(lines.join(''), 'latin1');
  if (isPresent) {
    const msg = ensureLine(lines, { ...edit, line: edit.line ?? '' }) ?? '';
    return { content: content(), msg, returns: { backup: '' } };
  }
  const removed = removeLines(lines, edit);
  const msg = removed > 0 ? `${removed} line(s) removed` : '';
  return { content: content(), msg, returns: { found: removed, backup: '' } };
}

function check(args: LineArguments, isPresent: boolean): void {
  if (isPresent && args.backrefs && args.regexp === undefined)
    throw new ModuleError('regexp is required with backrefs=true');
  if (isPresent && args.line === undefined) throw new ModuleError('line is required with state=present');
  if (!isPresent && args.line === undefined && args.regexp === undefined && args.search_string === undefined)
    throw new ModuleError('one of line, search_string, or regexp is required with state=absent');
}

export const lineinfile = defineModule({
  name: 'lineinfile',
  summary: 'Brings one line of a file to a wording, or removes lines.',
  checkMode: 'supported',
  options: {
    ...editOptions,
    state: {
      type: 'str',
      default: 'present',
      choices: ['absent', 'present'],
      help: 'Whether the line is there.',
    },
    line: { type: 'str', aliases: ['value'], help: 'The line.' },
    regexp: {
      type: 'str',
      aliases: ['regex'],
      help: "A pattern of Python's re for the line to replace (the last that matches), or the lines to remove.",
    },
    search_string: { type: 'str', help: 'A text instead of a pattern.' },
    insertafter: {
      type: 'str',
      help: 'Without a match: behind the last line that this pattern finds. Default: EOF.',
    },
    insertbefore: {
      type: 'str',
      help: 'Without a match: in front of the last line that this pattern finds, or BOF.',
    },
    backrefs: { type: 'bool', default: false, help: 'The line holds \\1 or \\g<name> of the match.' },
    firstmatch: { type: 'bool', default: false, help: 'The first match instead of the last.' },
    others: { type: 'str', help: 'Without effect.' },
  },
  rules: {
    mutuallyExclusive: [
      ['insertbefore', 'insertafter'],
      ['regexp', 'search_string'],
    ],
  },
  examples: `
- name: no root login
  lineinfile:
    path: /etc/ssh/sshd_config
    regexp: '^#?PermitRootLogin'
    line: PermitRootLogin no
    validate: /usr/sbin/sshd -t -f %s
`,
  returns: {
    msg: 'line added, line replaced, or "N line(s) removed".',
    found: 'How many lines were removed.',
    backup: 'Where the old file went.',
  },
  run(args, { checkMode, diffMode }) {
    const isPresent = plain(args.state) === 'present';
    check(args, isPresent);
    if (args.backrefs && args.search_string !== undefined)
      throw new ModuleError('lineinfile: parameters are mutually exclusive: backrefs|search_string');
    // Wrong patterns are found before anything is sent.
    editOf(args);
    const missing = (path: string): ModuleResult =>
      isPresent
        ? { changed: false, failed: true, msg: `Destination ${path} does not exist !`, returns: { rc: 257 } }
        : { changed: false, msg: 'file not present' };
    return {
      plan: editFile({
        ...{
          path: args.path,
          attributes: readAttributes(args),
          backup: args.backup,
          validate: args.validate,
        },
        ...{ checkMode, diffMode, missing, create: args.create && isPresent },
        alreadyRight: isPresent ? presentTest(args) : absentTest(args),
        rightReturns: isPresent ? { backup: '' } : { found: 0, backup: '' },
        edit: (before) => edited(args, isPresent, before),
      }),
    };
  },
});
