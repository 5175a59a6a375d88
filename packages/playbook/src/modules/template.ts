import { basename } from 'node:path';
import { Environment } from '@tenon/jinja/environment';
import { plain } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { attributeOptions, readAttributes } from './file-attributes.js';
import { defineModule, type ModuleContext } from './module.js';
import { putFile } from './put-file.js';

const HEADER = /^#jinja2:([^\n]*)\n/;

interface Whitespace {
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
}

/** `#jinja2: trim_blocks:False, lstrip_blocks:True` as the first line changes the options for this file. */
function readHeader(
  text: string,
  written: Whitespace,
): { body: string; line: number; whitespace: Whitespace } {
  const header = HEADER.exec(text);
  if (header === null) return { body: text, line: 1, whitespace: written };
  const flag = (name: string, otherwise: boolean) => {
    const value = new RegExp(`${name}\\s*:\\s*(\\w+)`).exec(header[1] ?? '')?.[1];
    return value === undefined ? otherwise : /^(?:true|yes|1)$/i.test(value);
  };
  return {
    body: text.slice(header[0].length),
    line: 2,
    whitespace: {
      trimBlocks: flag('trim_blocks', written.trimBlocks),
      lstripBlocks: flag('lstrip_blocks', written.lstripBlocks),
    },
  };
}

/** What a template knows about itself, beside the variables of the play. */
function templateVariables(
  path: string,
  destination: string,
  context: ModuleContext,
): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['ansible_managed', 'Ansible managed'],
    ['template_path', basename(path)],
    ['template_fullpath', basename(path)],
    ['template_destpath', destination],
    ['template_host', context.hostName],
    ['template_uid', 'tenon'],
  ]);
}

const NEWLINES: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\r\\n': '\r\n' };

export const template = defineModule({
  name: 'template',
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
      choices: ['utf-8', 'UTF-8', 'utf8'],
      help: 'Only UTF-8.',
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
    const written = { trimBlocks: args.trim_blocks, lstripBlocks: args.lstrip_blocks };
    const { body, line, whitespace } = readHeader((await context.folder.read(path)).toString(), written);
    const jinja = new Environment({
      ...whitespace,
      variableStart: plain(args.variable_start_string),
      variableEnd: plain(args.variable_end_string),
      blockStart: plain(args.block_start_string),
      blockEnd: plain(args.block_end_string),
      commentStart: plain(args.comment_start_string),
      commentEnd: plain(args.comment_end_string),
      loader: (name) => context.folder.readTemplate(name),
    });
    const scope = context.scope.with(templateVariables(path, plain(args.dest), context));
    const text = plain(jinja.renderText(body, scope, { file: basename(path), line }));
    const newline = plain(args.newline_sequence);
    const ended = text.replaceAll('\n', NEWLINES[newline] ?? newline);
    return {
      plan: putFile({
        dest: args.dest,
        name: basename(path).replace(/\.j2$/, ''),
        content: { bytes: Buffer.from(ended) },
        attributes: readAttributes(args),
        force: args.force,
        backup: args.backup,
        follow: args.follow,
        validate: args.validate,
        directoryMode: undefined,
        returns: { src: plain(args.src) },
      }),
    };
  },
});
