import { plain } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { statFacts } from './stat-facts.js';
import { defineModule, done, failure, type Step } from '../module.js';

const FORMAT = '%f|%s|%u|%g|%U|%G|%i|%d|%h|%.9X|%.9Y|%.9Z|%b|%o|%t|%T';

/** Fields end with NUL: status, path, facts, access, link target, real path, and what the sum program, file and lsattr print. */
function script(
  path: string,
  args: { follow: boolean; checksum: string | undefined; mime: boolean; attributes: boolean },
): string {
  const flag = args.follow ? '-L ' : '';
  const sum =
    args.checksum === undefined ? '' : `if [ -f "$d" ] && [ -r "$d" ]; then ${args.checksum}sum <"$d"; fi; `;
  const mime = args.mime ? `if command -v file >/dev/null; then file -b --mime -- "$d"; fi; ` : '';
  const attributes = args.attributes
    ? `if command -v lsattr >/dev/null; then lsattr -vd -- "$d" 2>/dev/null; fi; `
    : '';
  return (
    `export LC_ALL=C; d=${path}; s=$(stat ${flag}-c '${FORMAT}' -- "$d" 2>&1) || case $s in *'No such file'*|*'Not a directory'*) printf 'absent\\0%s\\0' "$d"; exit 0 ;; *) printf 'failed\\0%s\\0' "$s"; exit 1 ;; esac; ` +
    `printf 'found\\0%s\\0%s\\0' "$d" "$s"; [ -r "$d" ] && printf r; [ -w "$d" ] && printf w; [ -x "$d" ] && printf x; printf '\\0'; ` +
    `if [ -L "$d" ]; then readlink -n -- "$d"; printf '\\0'; readlink -nm -- "$d"; printf '\\0'; else printf '\\0\\0'; fi; ` +
    `${sum}printf '\\0'; ${mime}printf '\\0'; ${attributes}printf '\\0'`
  );
}

const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  a: 'append',
  A: 'noatime',
  c: 'compressed',
  d: 'nodump',
  e: 'extents',
  i: 'immutable',
  j: 'journalling',
  s: 'secdeletion',
  S: 'synchronous',
  u: 'undelete',
};

interface Found {
  readonly path: string;
  readonly line: string;
  readonly access: string;
  readonly target: string;
  readonly source: string;
  readonly checksum: string;
  readonly mime: string;
  /** The version and the flags; undefined when they are not asked for. */
  readonly flags: string | undefined;
}

/** A file system that has no versions shows no flags either (Ansible 2.14). */
function attributeFacts(printed: string): Record<string, unknown> {
  const [, version = null, letters = ''] = /^\s*(\d+)\s+(\S+)/.exec(printed) ?? [];
  const flags = letters.replaceAll('-', '');
  const attributes = flags.split(/(?:)/).flatMap((flag) => ATTRIBUTE_NAMES[flag] ?? []);
  return { version, attr_flags: flags, attributes };
}

function optionalFacts(
  { target, source, checksum, mime, flags }: Found,
  follow: boolean,
): Record<string, unknown> {
  const [mimetype = '', charset = ''] = mime.split('; charset=');
  return {
    ...(target !== '' && !follow && { lnk_target: target, lnk_source: source }),
    ...(checksum !== '' && { checksum }),
    ...(mime !== '' && { mimetype, charset }),
    ...(flags !== undefined && attributeFacts(flags)),
  };
}

function statOf(found: Found, follow: boolean): Record<string, unknown> {
  const { path, line, access } = found;
  return {
    exists: true,
    path,
    ...statFacts(line),
    readable: access.includes('r'),
    writeable: access.includes('w'),
    executable: access.includes('x'),
    ...optionalFacts(found, follow),
  };
}

function firstWord(text: string): string {
  return /^\S*/.exec(text)?.[0] ?? '';
}

function interpret(
  output: RemoteOutput,
  asked: string,
  { follow, attributes }: { readonly follow: boolean; readonly attributes: boolean },
): Step {
  const fields = output.stdout.toString().split('\0');
  const field = (index: number) => fields[index] ?? '';
  if (field(0) === 'absent') return done({ changed: false, returns: { stat: { exists: false } } });
  if (field(0) !== 'found') {
    return failure(`cannot look at ${asked}: ${field(1) || output.stderr.toString().trim()}`);
  }
  const found: Found = {
    path: field(1),
    line: field(2),
    access: field(3),
    target: field(4),
    source: field(5),
    checksum: firstWord(field(6)),
    mime: field(7).trimEnd(),
    flags: attributes ? field(8) : undefined,
  };
  return done({ changed: false, returns: { stat: statOf(found, follow) } });
}

export const stat = defineModule({
  name: 'stat',
  summary: 'Says what a file is.',
  checkMode: 'supported',
  options: {
    path: { type: 'path', required: true, aliases: ['dest', 'name'], help: 'The file.' },
    follow: { type: 'bool', default: false, help: 'Look at what a link points to.' },
    get_checksum: { type: 'bool', default: true, help: 'Read the content for its checksum.' },
    checksum_algorithm: {
      type: 'str',
      default: 'sha1',
      aliases: ['checksum', 'checksum_algo'],
      choices: ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'],
      help: 'Which one.',
    },
    get_mime: {
      type: 'bool',
      default: true,
      aliases: ['mime', 'mime_type', 'mime-type'],
      help: 'Ask the program "file", when it is there.',
    },
    get_attributes: {
      type: 'bool',
      default: true,
      aliases: ['attr', 'attributes'],
      help: 'Ask lsattr, when it is there.',
    },
  },
  examples: `
- stat:
    path: /etc/hostname
  register: hostname
`,
  returns: {
    stat: 'exists, and when it does: path, mode, size, uid, gid, pw_name, gr_name, mtime, isdir, isreg, islnk, checksum …',
  },
  run(args) {
    const wishes = { follow: args.follow, attributes: args.get_attributes };
    const checksum = args.get_checksum ? plain(args.checksum_algorithm) : undefined;
    return {
      plan: {
        script: script(pathWord(args.path, 'path'), { ...wishes, checksum, mime: args.get_mime }),
        interpret: (output) => interpret(output, plain(args.path), wishes),
      },
    };
  },
});
