import { expand } from '@tenon/jinja/python/regex-replacement';
import { OperandError } from '@tenon/jinja/errors';
import { plain, type Str } from '@tenon/jinja/text';
import { editFile, type Edited } from './edit-file.js';
import { attributeOptions, readAttributes } from './file-attributes.js';
import { defineModule, ModuleError } from '../module.js';
import { compilePattern, patternOf, replacementOf } from './pattern-text.js';
import { decodeText, encodeText } from './text-encoding.js';

interface Replacement {
  readonly regexp: RegExp;
  readonly replacement: string;
  /** The part of the text to work in; its group is called subsection. */
  readonly section: RegExp | undefined;
  /** As Ansible shows it. */
  readonly sectionPattern: string;
}

function sectionPattern(after: string, before: string): string {
  if (after !== '' && before !== '') return `${after}(?P<subsection>.*?)${before}`;
  if (after !== '') return `${after}(?P<subsection>.*)`;
  return before === '' ? '' : `(?P<subsection>.*)${before}`;
}

function readReplacement(args: {
  regexp: Str;
  replace: Str;
  after: Str | undefined;
  before: Str | undefined;
}): Replacement {
  const pattern = sectionPattern(patternOf(args.after ?? ''), patternOf(args.before ?? ''));
  return {
    regexp: compilePattern(args.regexp, 'regexp', { multiline: true }),
    replacement: replacementOf(args.replace),
    section: pattern === '' ? undefined : compilePattern(pattern, 'after and before', { dotAll: true }),
    sectionPattern: pattern,
  };
}

/** Where in the text to work; undefined when `after` and `before` do not match. */
function sectionOf(text: string, { section }: Replacement): readonly [number, number] | undefined {
  if (section === undefined) return [0, text.length];
  section.lastIndex = 0;
  return section.exec(text)?.indices?.groups?.subsection;
}

/** Python's `re.subn`. */
function substituteAll(text: string, { regexp, replacement }: Replacement): { text: string; count: number } {
  let [result, from, count] = ['', 0, 0];
  for (const match of text.matchAll(regexp)) {
    result += text.slice(from, match.index) + plain(expand(replacement, match, text));
    from = match.index + match[0].length;
    count++;
  }
  return { text: result + text.slice(from), count };
}

function edited(text: string, replacement: Replacement): { text: string; msg: string } {
  const range = sectionOf(text, replacement);
  if (range === undefined) {
    const pattern = replacement.sectionPattern;
    return { text, msg: `Pattern for before/after params did not match the given file: ${pattern}` };
  }
  const [start, end] = range;
  try {
    const { text: section, count } = substituteAll(text.slice(start, end), replacement);
    const after = text.slice(0, start) + section + text.slice(end);
    return { text: after, msg: after === text ? '' : `${count} replacements made` };
  } catch (error) {
    if (error instanceof OperandError)
      throw new ModuleError(`cannot use replace: ${error.problem}; ${error.remedy}`);
    throw error;
  }
}

export const replace = defineModule({
  name: 'replace',
  summary: 'Replaces what a pattern finds in a file.',
  checkMode: 'supported',
  options: {
    ...attributeOptions,
    path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], help: 'The file.' },
    regexp: { type: 'str', required: true, help: "A pattern of Python's re; ^ and $ match at every line." },
    replace: {
      type: 'str',
      default: '',
      help: 'What it becomes; \\1 and \\g<name> are groups of the match.',
    },
    after: { type: 'str', help: 'Only behind what this pattern finds.' },
    before: { type: 'str', help: 'Only in front of what this pattern finds.' },
    backup: { type: 'bool', default: false, help: 'Keep the old file beside the new one.' },
    validate: { type: 'str', help: 'A command that checks the new file, with %s in its place.' },
    encoding: { type: 'str', default: 'utf-8', help: 'The encoding of the file.' },
    others: { type: 'str', help: 'Without effect.' },
  },
  examples: `
- replace:
    path: /etc/hosts
    regexp: '(\\s+)old\\.host(\\s+.*)?$'
    replace: '\\1new.host\\2'
`,
  returns: {
    msg: 'N replacements made.',
    rc: '0, or 257 when there is no such file.',
    backup_file: 'Where the old file went.',
  },
  run(args, { checkMode, diffMode }) {
    const replacement = readReplacement(args);
    const encoding = plain(args.encoding);
    const edit = (before: Buffer | undefined): Edited => {
      const { text, msg } = edited(decodeText(before ?? Buffer.alloc(0), encoding), replacement);
      return { content: encodeText(text, encoding), msg, returns: { rc: 0 } };
    };
    return {
      plan: editFile({
        ...{
          path: args.path,
          attributes: readAttributes(args),
          backup: args.backup,
          validate: args.validate,
        },
        ...{ checkMode, diffMode, create: false, alreadyRight: '', edit },
        missing: (path) => ({
          changed: false,
          failed: true,
          msg: `Path ${path} does not exist !`,
          returns: { rc: 257 },
        }),
      }),
    };
  },
});
