import { plain, type Str } from '@tenon/jinja/text';
import { attributeOptions, readAttributes } from './file-attributes.js';
import { defineModule, type Step } from '../module.js';
import { compilePattern, found } from './pattern-text.js';
import { putFile, type FileToPut } from './put-file.js';
import { readFragments } from '../read-fragments.js';
import { walkFolder } from './walk-folder.js';

interface Fragment {
  readonly name: string;
  readonly content: Buffer;
}

const NEWLINE = Buffer.from('\n');

/** The fragments in the order of their names, with the delimiter between them; each begins at a line of its own (Ansible 2.14). */
function joined(fragments: readonly Fragment[], delimiter: string | undefined): Buffer {
  const pieces: Buffer[] = [];
  let needsNewline = false;
  for (const { content } of [...fragments].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (needsNewline) pieces.push(NEWLINE);
    if (delimiter !== undefined && pieces.length > 0) {
      const text = delimiter.replaceAll('\\n', '\n');
      pieces.push(Buffer.from(text.endsWith('\n') ? text : `${text}\n`));
    }
    pieces.push(content);
    needsNewline = content.length > 0 && content.at(-1) !== NEWLINE[0];
  }
  return Buffer.concat(pieces);
}

function wanted(regexp: Str | undefined, ignoreHidden: boolean): (name: string) => boolean {
  const pattern = regexp === undefined ? undefined : compilePattern(regexp, 'regexp');
  return (name) => !(ignoreHidden && name.startsWith('.')) && (pattern === undefined || found(pattern, name));
}

export const assemble = defineModule({
  name: 'assemble',
  summary: 'Makes one file of the fragments in a folder.',
  checkMode: 'supported',
  options: {
    ...attributeOptions,
    src: { type: 'path', required: true, help: 'The folder of the fragments.' },
    dest: { type: 'path', required: true, help: 'The file.' },
    remote_src: { type: 'bool', default: true, help: 'no: src is beside the playbook (files/).' },
    delimiter: { type: 'str', help: 'Stands between the fragments.' },
    regexp: { type: 'str', help: "Only fragments whose name this pattern of Python's re finds." },
    ignore_hidden: { type: 'bool', default: false, help: 'Not those whose names begin with a dot.' },
    backup: { type: 'bool', default: false, help: 'Keep the old file beside the new one.' },
    validate: { type: 'str', help: 'A command that checks the new file, with %s in its place.' },
    decrypt: { type: 'bool', default: true, help: 'Decrypt fragments that are encrypted with the vault.' },
  },
  examples: `
- assemble:
    src: /etc/app/conf.d
    dest: /etc/app/app.conf
`,
  returns: {
    dest: 'The file.',
    src: 'The folder.',
    checksum: 'SHA-1 of the content.',
    backup_file: 'The old file.',
  },
  async run(args, context): Promise<Step> {
    const isWanted = wanted(args.regexp, args.ignore_hidden);
    const delimiter = args.delimiter === undefined ? undefined : plain(args.delimiter);
    const { dest, backup, validate } = args;
    const { checkMode, diffMode } = context;
    const put = (fragments: readonly Fragment[]): Step => {
      const bytes = joined(
        fragments.filter(({ name }) => isWanted(name)),
        delimiter,
      );
      const file: FileToPut = {
        ...{ dest, backup, validate, checkMode, diffMode, content: { bytes }, name: undefined },
        ...{ attributes: readAttributes(args), force: true, follow: false, directoryMode: undefined },
        returns: { src: plain(args.src), msg: 'OK' },
      };
      return { plan: putFile(file) };
    };
    if (args.remote_src) return { plan: readFragments(args.src, put) };
    const path = await context.folder.find(args.src, 'files');
    const entries = await walkFolder(path, context.folder, true);
    return put(
      entries.flatMap((entry) =>
        entry.kind === 'file' && entry.content !== undefined && !entry.name.includes('/')
          ? [{ name: entry.name, content: entry.content }]
          : [],
      ),
    );
  },
});
