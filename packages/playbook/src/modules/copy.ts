import { basename } from 'node:path';
import { isStr, plain } from '@tenon/jinja/text';
import { toJs, type Value } from '@tenon/jinja/values';
import { attributeOptions, readAttributes, readMode } from './file-attributes.js';
import { defineModule, failure, type ModuleContext, ModuleError } from './module.js';
import { putFile, type FileToPut } from './put-file.js';

/** A dictionary or list is written as JSON, as Ansible does. */
function contentBytes(content: Value): Buffer {
  if (isStr(content)) return Buffer.from(plain(content));
  return Buffer.from(
    typeof content === 'object' && content !== null
      ? JSON.stringify(toJs(content))
      : plain(String(toJs(content))),
  );
}

type Source = Pick<FileToPut, 'content' | 'name' | 'returns'>;

async function readSource(
  {
    content,
    src,
    remote_src: remote,
  }: { content: Value | undefined; src: Parameters<typeof plain>[0] | undefined; remote_src: boolean },
  context: ModuleContext,
): Promise<Source> {
  if (content !== undefined && src !== undefined)
    throw new ModuleError('copy takes "src" or "content", not both');
  if (content !== undefined)
    return { content: { bytes: contentBytes(content) }, name: undefined, returns: {} };
  if (src === undefined) throw new ModuleError('copy needs "src" or "content"');
  if (remote)
    return { content: { remotePath: src }, name: basename(plain(src)), returns: { src: plain(src) } };
  const path = await context.folder.find(src, 'files');
  return {
    content: { bytes: await context.folder.read(path) },
    name: basename(path),
    returns: { src: plain(src) },
  };
}

export const copy = defineModule({
  name: 'copy',
  summary: 'Gives a file on the machine a content.',
  options: {
    ...attributeOptions,
    content: { type: 'raw', help: 'The content itself.' },
    src: { type: 'str', help: 'A file beside the playbook (files/), or on the machine with remote_src.' },
    dest: { type: 'path', required: true, help: 'The file, or the folder to put src into.' },
    remote_src: { type: 'bool', default: false, help: 'src is on the machine already.' },
    force: { type: 'bool', default: true, help: 'Replace a file that differs.' },
    backup: { type: 'bool', default: false, help: 'Keep the old file beside the new one.' },
    follow: { type: 'bool', default: false, help: 'Write to what a link points to.' },
    local_follow: {
      type: 'bool',
      default: true,
      help: 'Without effect: links beside the playbook are followed.',
    },
    validate: { type: 'str', help: 'A command that checks the new file, with %s in its place.' },
    directory_mode: { type: 'raw', help: 'Permissions of folders that are made.' },
    checksum: { type: 'str', help: 'Not supported: must be absent.' },
    decrypt: { type: 'bool', default: true, help: 'Without effect: there is no vault yet.' },
  },
  reads: { option: 'src', folder: 'files' },
  examples: `
- name: write the message
  copy:
    content: "{{ tenant_message }}\\n"
    dest: /var/www/html/index.html
    mode: '0644'
`,
  returns: {
    dest: 'The file.',
    checksum: 'SHA-1 of the content.',
    backup_file: 'Where the old file went.',
    mode: 'Permissions, "0644".',
    owner: 'The user.',
    group: 'The group.',
    uid: "The user's number.",
    gid: "The group's number.",
    size: 'In bytes.',
    state: 'file',
  },
  async run(args, context) {
    if (args.checksum !== undefined) return failure('the option "checksum" is not supported yet; remove it');
    const source = await readSource(args, context);
    const mode = args.mode === 'preserve' ? undefined : args.mode;
    return {
      plan: putFile({
        ...source,
        dest: args.dest,
        attributes: readAttributes({ ...args, mode }),
        force: args.force,
        backup: args.backup,
        follow: args.follow,
        validate: args.validate,
        directoryMode: args.directory_mode === undefined ? undefined : readMode(args.directory_mode),
      }),
    };
  },
});
