import { stat } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { basename } from 'node:path';
import { DateTime } from '@tenon/jinja/dates/date-time';
import { calendarOf } from '@tenon/jinja/dates/strftime';
import { plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { attributeOptions, readAttributes } from './file-attributes.js';
import { PRESERVE } from './file-mode.js';
import { defineModule, type ModuleContext } from '../module.js';
import { putFile } from './put-file.js';
import { encodeText, TEXT_ENCODINGS } from './text-encoding.js';
import { localMode } from './walk-folder.js';

/** What a template knows about itself, beside the variables of the play. A confined run does not tell where it lies. */
async function templateVariables(
  { path, src, dest }: { path: string; src: string; dest: string },
  context: ModuleContext,
): Promise<ReadonlyMap<string, Value>> {
  const { mtime, uid } = await stat(path);
  return new Map<string, Value>([
    ['ansible_managed', 'Ansible managed'],
    ['template_path', src],
    ['template_fullpath', context.controller === undefined ? basename(path) : path],
    ['template_destpath', dest],
    ['template_host', hostname()],
    ['template_uid', uid === userInfo().uid ? userInfo().username : String(uid)],
    ['template_mtime', new DateTime(calendarOf(mtime, false))],
    ['template_run_date', new DateTime(calendarOf(new Date(), false))],
  ]);
}

const NEWLINES: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\r\\n': '\r\n' };

export const template = defineModule({
  name: 'template',
  checkMode: 'supported',
  summary: 'Gives a file on the machine the text of a Jinja2 template.',
  options: {
    ...attributeOptions,
    src: { type: 'str', required: true, help: 'The template, beside the playbook (templates/).' },
    dest: { type: 'path', required: true, help: 'The file, or the folder to put it into.' },
    force: { type: 'bool', default: true, help: 'Replace a file that differs.' },
    backup: { type: 'bool', default: false, help: 'Keep the old file beside the new one.' },
    follow: { type: 'bool', default: false, help: 'Write to what a link points to.' },
    validate: { type: 'str', help: 'A command that checks the new file, with %s in its place.' },
    trim_blocks: { type: 'bool', default: true, help: 'Remove the line end behind a block.' },
    lstrip_blocks: { type: 'bool', default: false, help: 'Remove the blanks in front of a block.' },
    newline_sequence: {
      type: 'str',
      default: '\\n',
      choices: ['\\n', '\\r', '\\r\\n', '\n', '\r', '\r\n'],
      help: 'The line end of the file.',
    },
    output_encoding: {
      type: 'str',
      default: 'utf-8',
      choices: TEXT_ENCODINGS,
      help: 'The encoding of the file.',
    },
    variable_start_string: { type: 'str', default: '{{', help: 'Begins an expression.' },
    variable_end_string: { type: 'str', default: '}}', help: 'Ends an expression.' },
    block_start_string: { type: 'str', default: '{%', help: 'Begins a block.' },
    block_end_string: { type: 'str', default: '%}', help: 'Ends a block.' },
    comment_start_string: { type: 'str', default: '{#', help: 'Begins a comment.' },
    comment_end_string: { type: 'str', default: '#}', help: 'Ends a comment.' },
  },
  reads: { option: 'src', folder: 'templates' },
  examples: `
- template:
    src: site.conf.j2
    dest: /etc/apache2/sites-available/site.conf
    mode: '0644'
  notify: reload apache
`,
  returns: {
    dest: 'The file.',
    checksum: 'SHA-1 of the text.',
    mode: 'Permissions, "0644".',
    size: 'In bytes.',
    backup_file: 'Where the old file went.',
  },
  async run(args, context) {
    const path = await context.folder.find(args.src, 'templates');
    const jinja = context.jinja.with({
      trimBlocks: args.trim_blocks,
      lstripBlocks: args.lstrip_blocks,
      variableStart: plain(args.variable_start_string),
      variableEnd: plain(args.variable_end_string),
      blockStart: plain(args.block_start_string),
      blockEnd: plain(args.block_end_string),
      commentStart: plain(args.comment_start_string),
      commentEnd: plain(args.comment_end_string),
      loader: (name) => context.folder.readTemplate(name),
    });
    const [src, dest] = [plain(args.src), plain(args.dest)];
    const scope = context.scope.with(await templateVariables({ path, src, dest }, context));
    const source = (await context.folder.read(path)).toString();
    const text = plain(jinja.renderText(source, scope, { file: basename(path), line: 1 }));
    const newline = plain(args.newline_sequence);
    const ended = text.replaceAll('\n', NEWLINES[newline] ?? newline);
    const attributes = readAttributes(args);
    const mode = attributes.mode === PRESERVE ? await localMode(path) : attributes.mode;
    const { force, backup, follow, validate } = args;
    const { checkMode, diffMode } = context;
    return {
      plan: putFile({
        ...{ dest: args.dest, name: basename(path), shownAs: path, force, backup, follow, validate },
        ...{ checkMode, diffMode },
        content: { bytes: encodeText(ended, plain(args.output_encoding)) },
        attributes: { ...attributes, mode },
        directoryMode: undefined,
        returns: { src: plain(args.src) },
      }),
    };
  },
});
