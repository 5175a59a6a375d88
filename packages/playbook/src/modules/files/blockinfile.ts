import { plain, type Str } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import { placeBlock, type BlockEdit } from './block-edit.js';
import { editFile, editOptions, type Edited } from './edit-file.js';
import { readAttributes } from './file-attributes.js';
import { defineModule, type ModuleResult } from '../module.js';
import { bytesText, compileBytes, patternOf } from './pattern-text.js';

interface BlockArguments {
  readonly block: Str;
  readonly state: Str;
  readonly marker: Str;
  readonly marker_begin: Str;
  readonly marker_end: Str;
  readonly insertafter: Str | undefined;
  readonly insertbefore: Str | undefined;
}

function placeOf({ insertafter, insertbefore }: BlockArguments): BlockEdit['place'] {
  if (insertafter !== undefined)
    return plain(insertafter) === 'EOF' ? 'EOF' : { after: compileBytes(insertafter, 'insertafter') };
  if (insertbefore === undefined) return 'EOF';
  return plain(insertbefore) === 'BOF' ? 'BOF' : { before: compileBytes(insertbefore, 'insertbefore') };
}

function editOf(args: BlockArguments): BlockEdit {
  const mark = (text: Str) => `${bytesText(plain(args.marker).split('{mark}').join(plain(text)))}\n`;
  const block = plain(args.state) === 'present' ? bytesText(plain(args.block)) : '';
  const pattern = patternOf(args.insertafter ?? args.insertbefore ?? '');
  return {
    begin: mark(args.marker_begin),
    end: mark(args.marker_end),
    block: block === '' || block.endsWith('\n') ? block : `${block}\n`,
    place: placeOf(args),
    wholeFile: /^\(\?[a-zA-Z]*m/.test(pattern),
  };
}

const LONGEST_SHELL_TEXT = 64 * 1024;

/** A block that stands there once, between its markers, and is the same; awk's texts come by its environment. */
const SAME_BLOCK = String.raw`
/\r/ { odd = 1 }
$0 == ENVIRON["b"] { begins++; on = 1 }
on { text = text $0 "\n" }
$0 == ENVIRON["e"] { ends++; on = 0 }
END { exit !(!odd && begins == 1 && ends == 1 && text == ENVIRON["t"]) }`;

/** No marker at all. */
const NO_BLOCK = String.raw`
/\r/ { odd = 1 }
$0 == ENVIRON["b"] || $0 == ENVIRON["e"] { odd = 1 }
END { exit odd }`;

/** A test by which the machine knows that the block is there, or is not when it should not be. */
function rightTest({ begin, end, block }: BlockEdit): string {
  const bytes = begin + block + end;
  const text = Buffer.from(bytes, 'latin1').toString();
  // A marker of several lines, or one that the block repeats, is for the general way.
  const isPlain = (marker: string) => marker.indexOf('\n') === marker.length - 1;
  const inside = block.split('\n').map((line) => `${line}\n`);
  const isOdd =
    !isPlain(begin) || !isPlain(end) || begin === end || inside.includes(begin) || inside.includes(end);
  if (isOdd || /[\r\0]/.test(text) || text.length > LONGEST_SHELL_TEXT) return '';
  const line = (marker: string) => quote(Buffer.from(marker.slice(0, -1), 'latin1').toString());
  const program = block === '' ? NO_BLOCK : SAME_BLOCK;
  const whole = block === '' ? '' : `t=${quote(text)} `;
  return `LC_ALL=C b=${line(begin)} e=${line(end)} ${whole}awk ${quote(program)} "$d" && [ -z "$(tail -c1 -- "$d")" ]`;
}

function edited(edit: BlockEdit, before: Buffer | undefined): Edited {
  const text = before?.toString('latin1');
  const after = placeBlock(text ?? '', edit);
  const changed = edit.block === '' ? 'Block removed' : 'Block inserted';
  return {
    content: Buffer.from(after, 'latin1'),
    msg: text === undefined ? 'File created' : text === after ? '' : changed,
  };
}

export const blockinfile = defineModule({
  name: 'blockinfile',
  summary: 'Keeps a block of lines in a file, between two markers.',
  checkMode: 'supported',
  options: {
    ...editOptions,
    state: {
      type: 'str',
      default: 'present',
      choices: ['absent', 'present'],
      help: 'Whether the block is there.',
    },
    block: { type: 'str', default: '', aliases: ['content'], help: "The lines; '' removes the block." },
    marker: { type: 'str', default: '# {mark} ANSIBLE MANAGED BLOCK', help: 'The lines around the block.' },
    marker_begin: { type: 'str', default: 'BEGIN', help: 'For {mark} in front of the block.' },
    marker_end: { type: 'str', default: 'END', help: 'For {mark} behind the block.' },
    insertafter: {
      type: 'str',
      help: 'A new block goes behind the last line that this pattern finds. Default: EOF.',
    },
    insertbefore: {
      type: 'str',
      help: 'A new block goes in front of the last line that this pattern finds, or BOF.',
    },
  },
  rules: { mutuallyExclusive: [['insertbefore', 'insertafter']] },
  examples: `
- blockinfile:
    path: /etc/hosts
    block: |
      10.0.0.1 one
      10.0.0.2 two
`,
  returns: {
    msg: 'Block inserted, Block removed or File created.',
    backup_file: 'Where the old file went.',
  },
  run(args, { checkMode, diffMode }) {
    const edit = editOf(args);
    const isPresent = plain(args.state) === 'present';
    const missing = (path: string): ModuleResult =>
      args.create
        ? { changed: false, msg: `File ${path} not present` }
        : { changed: false, failed: true, msg: `Path ${path} does not exist !`, returns: { rc: 257 } };
    return {
      plan: editFile({
        ...{
          path: args.path,
          attributes: readAttributes(args),
          backup: args.backup,
          validate: args.validate,
        },
        ...{ checkMode, diffMode, missing, create: args.create && isPresent },
        alreadyRight: rightTest(edit),
        edit: (before) => edited(edit, before),
      }),
    };
  },
});
