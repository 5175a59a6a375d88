import { plain } from '@tenon/jinja/text';
import { readCopySource } from './copy-source.js';
import { attributeOptions, readAttributes } from './file-attributes.js';
import { PRESERVE, readMode } from './file-mode.js';
import { defineModule } from '../module.js';
import { putFile } from './put-file.js';
import { putFolder } from './put-folder.js';
import { listRemoteFolder } from './remote-folder.js';
import { validation } from './validate-file.js';

export const copy = defineModule({
  name: 'copy',
  summary: 'Gives a file on the machine a content.',
  checkMode: 'supported',
  options: {
    ...attributeOptions,
    mode: { type: 'raw', help: "Permissions: '0644', u=rw,g=r, or preserve: those of src." },
    content: { type: 'raw', help: 'The content itself.' },
    src: {
      type: 'str',
      help: 'A file or folder beside the playbook (files/), or on the machine with remote_src. A folder with a slash at its end: only what is in it.',
    },
    dest: { type: 'path', required: true, help: 'The file, or the folder to put src into.' },
    remote_src: { type: 'bool', default: false, help: 'src is on the machine already.' },
    force: { type: 'bool', default: true, help: 'Replace a file that differs.' },
    backup: { type: 'bool', default: false, help: 'Keep the old file beside the new one.' },
    follow: { type: 'bool', default: false, help: 'Write to what a link points to.' },
    local_follow: {
      type: 'bool',
      default: true,
      help: 'Copy what the links in a folder point to, not the links.',
    },
    validate: { type: 'str', help: 'A command that checks the new file, with %s in its place.' },
    directory_mode: { type: 'raw', help: 'Permissions of folders that are made.' },
    checksum: { type: 'str', help: 'The SHA-1 that the content must have.' },
    decrypt: { type: 'bool', default: true, help: 'Decrypt a file that is encrypted with the vault.' },
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
    src: 'Where it came from.',
    checksum: 'SHA-1 of the content.',
    md5sum: 'MD5 of the content.',
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
    const source = await readCopySource(args, context);
    const directoryMode = args.directory_mode === undefined ? undefined : readMode(args.directory_mode);
    const { force, backup } = args;
    const { checkMode, diffMode } = context;
    const attributes = readAttributes(args);
    const shared = { dest: args.dest, attributes, directoryMode, force, backup, checkMode, diffMode };
    const check = args.validate === undefined ? '' : validation(args.validate);
    if ('entries' in source) {
      const { entries, name, src } = source;
      return {
        plan: putFolder({
          ...shared,
          entries,
          name,
          remoteRoot: undefined,
          validation: check,
          returns: { src },
        }),
      };
    }
    const isLocal = 'bytes' in source.content;
    const mode = isLocal && attributes.mode === PRESERVE ? source.mode : attributes.mode;
    const checksum = args.checksum === undefined ? undefined : plain(args.checksum);
    const file = {
      ...{ ...shared, ...source, attributes: { ...attributes, mode } },
      ...{ follow: args.follow, validate: args.validate, checksum },
    };
    if (!('remotePath' in source.content)) return { plan: putFile(file) };
    const { remotePath } = source.content;
    const folder = { ...shared, remoteRoot: remotePath, validation: check, returns: source.returns };
    return {
      plan: listRemoteFolder(remotePath, args.local_follow, putFile(file), (entries, name) =>
        putFolder({ ...folder, name, entries }),
      ),
    };
  },
});
