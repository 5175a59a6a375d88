import { gunzipSync } from 'node:zlib';
import { plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { findFilter, type FoundEntry } from './find-filters.js';
import { defineModule, done, failure, NEXT, type Step } from '../module.js';
import { matchesAtStart } from './name-pattern.js';
import { compilePattern, found } from './pattern-text.js';
import { statFacts } from './stat-facts.js';

const FIELDS = ['%p', '%y', '%m', '%s', '%U', '%G', '%u', '%g', '%i', '%D', '%n', '%A@', '%T@', '%C@', '%d'];

const TYPE_BITS: Readonly<Record<string, number>> = {
  ...{ f: 0o100000, d: 0o040000, l: 0o120000 },
  ...{ c: 0o020000, b: 0o060000, p: 0o010000, s: 0o140000 },
};

interface FindRequest {
  readonly follow: boolean;
  readonly recurse: boolean;
  readonly depth: number | undefined;
  readonly paths: readonly Str[];
  /** Whether another trip may come. */
  readonly more: boolean;
}

/** For every folder: its path, an error or '', and its entries; compressed, because a long list repeats itself. */
function script({ follow, recurse, depth, paths, more }: FindRequest): string {
  const limit = recurse ? (depth === undefined || depth === 0 ? '' : ` -maxdepth ${depth}`) : ' -maxdepth 1';
  const format = FIELDS.join('\\0');
  // A link that is followed is still a link, and no file or folder.
  const asLink = `-xtype l -printf '${format.replace('%y', 'l')}\\0' -o `;
  const walk = `find ${follow ? '-L ' : ''}"$d"${limit} -mindepth 1 ${follow ? asLink : ''}-printf '${format}\\0' 2>/dev/null`;
  const each = paths.map(
    (path) =>
      `d=${pathWord(path, 'paths')}; printf '/\\0%s\\0' "$d"; if [ ! -d "$d" ]; then printf "'%s' is not a directory\\0" "$d"; else printf '\\0'; ${walk}; fi; `,
  );
  return `{ date +%s | tr '\\n' '\\0'; ${each.join('')}} | gzip -1c; ${more ? `exit ${NEXT}` : ''}`;
}

function entryOf(fields: readonly string[]): FoundEntry {
  const [path = '', kind = '', mode = '', size = '', ...rest] = fields;
  const [, , , , , , , atime, mtime, ctime, depth] = rest;
  const raw = (TYPE_BITS[kind] ?? 0) | Number.parseInt(mode, 8);
  return {
    ...{ path: path.replace(/\/{2,}/g, '/'), kind, size: Number(size), depth: Number(depth) },
    times: { atime: Number(atime), mtime: Number(mtime), ctime: Number(ctime) },
    line: [raw.toString(16), size, ...rest.slice(0, -1)].join('|'),
  };
}

interface Listing {
  readonly now: number;
  readonly entries: readonly FoundEntry[];
  readonly skipped: Readonly<Record<string, string>>;
}

function readListing(stdout: Buffer): Listing {
  const fields = gunzipSync(stdout).toString().split('\0');
  const entries: FoundEntry[] = [];
  const skipped: Record<string, string> = {};
  let at = 1;
  while (at < fields.length - 1) {
    if (fields[at] === '/') {
      const [path = '', problem = ''] = fields.slice(at + 1, at + 3);
      if (problem !== '') skipped[path] = problem;
      at += 3;
    } else {
      entries.push(entryOf(fields.slice(at, at + FIELDS.length)));
      at += FIELDS.length;
    }
  }
  return { now: Number(fields[0]), entries, skipped };
}

function resultOf(
  listing: Listing,
  matched: readonly FoundEntry[],
  checksums: ReadonlyMap<string, string>,
): Step {
  const files = matched.map(({ path, line }) => ({
    path,
    ...statFacts(line),
    ...(checksums.has(path) && { checksum: checksums.get(path) }),
  }));
  const isWhole = Object.keys(listing.skipped).length === 0;
  return done({
    changed: false,
    msg: isWhole ? 'All paths examined' : 'Not all paths examined, check warnings for details',
    returns: {
      files,
      matched: files.length,
      examined: listing.entries.length,
      skipped_paths: listing.skipped,
      ...(!isWhole && {
        warnings: Object.entries(listing.skipped).map(
          ([path, why]) => `Skipped '${path}' path due to this access issue: ${why}`,
        ),
      }),
    },
  });
}

/** Asks for the contents or the checksums of files: one trip for all of them. */
function askEach(
  matched: readonly FoundEntry[],
  command: string,
  then: (answers: Map<string, string>) => Step,
): Step {
  const files = matched.filter(({ kind }) => kind === 'f');
  if (files.length === 0) return then(new Map());
  const calls = files.map(({ path }) => `each ${quote(path)}\n`).join('');
  return {
    plan: {
      script: `each() { printf '%s\\0' "$1"; ${command}; printf '\\0'; }\n{ ${calls}} 2>/dev/null | gzip -1c; exit ${NEXT}`,
      interpret(output) {
        const fields = gunzipSync(output.stdout).toString('latin1').split('\0');
        const decoded = (text: string) => Buffer.from(text, 'latin1').toString();
        const answers = new Map<string, string>();
        for (let at = 0; at + 1 < fields.length; at += 2)
          answers.set(decoded(fields[at] ?? ''), decoded(fields[at + 1] ?? ''));
        return then(answers);
      },
    },
  };
}

/** A file is looked into as text; one with a NUL is none, so that the NULs between the answers are certain. */
const CONTENT = `grep -qaP '\\x00' -- "$1" || cat -- "$1"`;

function containsFilter(contains: Str, whole: boolean): (text: string) => boolean {
  if (whole) {
    const regex = compilePattern(contains, 'contains');
    return (text) => found(regex, text);
  }
  const matches = matchesAtStart(contains);
  return (text) => (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).some(matches);
}

export const find = defineModule({
  name: 'find',
  summary: 'Lists the files in folders that have certain properties.',
  checkMode: 'supported',
  options: {
    paths: { type: 'list', required: true, aliases: ['name', 'path'], help: 'The folders.' },
    patterns: {
      type: 'list',
      default: [],
      aliases: ['pattern'],
      help: 'Shell patterns of names. Default: all.',
    },
    excludes: { type: 'list', aliases: ['exclude'], help: 'Patterns of names to leave out.' },
    use_regex: { type: 'bool', default: false, help: "The patterns are those of Python's re." },
    contains: { type: 'str', help: 'A pattern for the beginning of one line of the file.' },
    read_whole_file: { type: 'bool', default: false, help: 'contains looks through the whole file.' },
    file_type: {
      type: 'str',
      default: 'file',
      choices: ['any', 'directory', 'file', 'link'],
      help: 'What is looked for.',
    },
    age: { type: 'str', help: 'At least this old, like 4d; with a minus at most. Units: s, m, h, d, w.' },
    age_stamp: {
      type: 'str',
      default: 'mtime',
      choices: ['atime', 'ctime', 'mtime'],
      help: 'Which time age looks at.',
    },
    size: { type: 'str', help: 'At least this large, like 10m; with a minus at most. Units: b, k, m, g, t.' },
    recurse: { type: 'bool', default: false, help: 'Look into the folders below.' },
    depth: { type: 'int', help: 'How far down. Default: all the way.' },
    hidden: { type: 'bool', default: false, help: 'Names that begin with a dot, too.' },
    follow: { type: 'bool', default: false, help: 'Look into the folders that links point to.' },
    get_checksum: { type: 'bool', default: false, help: 'Say the SHA-1 of each file.' },
  },
  examples: `
- find:
    paths: /var/log
    patterns: '*.gz'
    age: 4w
  register: old
`,
  returns: {
    files: 'As stat says: path, mode, size, uid, mtime, isreg …',
    matched: 'How many.',
    examined: 'How many were looked at.',
    skipped_paths: 'Folders that could not be read, and why.',
  },
  run(args) {
    const isWanted = findFilter(args);
    const { contains } = args;
    const isText = plain(args.file_type) === 'file';
    const hasContent =
      contains === undefined || !isText ? undefined : containsFilter(contains, args.read_whole_file);
    const finish = (listing: Listing, matched: readonly FoundEntry[]): Step => {
      if (!args.get_checksum) return resultOf(listing, matched, new Map());
      return askEach(matched, `sha1sum <"$1" | cut -c1-40 | tr -d '\\n'`, (sums) =>
        resultOf(listing, matched, sums),
      );
    };
    return {
      plan: {
        script: script({ ...args, more: args.get_checksum || hasContent !== undefined }),
        interpret(output) {
          if (output.stdout.length === 0) return failure(`cannot find: ${output.stderr.toString().trim()}`);
          const listing = readListing(output.stdout);
          const matched = listing.entries.filter((entry) => isWanted(entry, listing.now));
          if (hasContent === undefined) return finish(listing, matched);
          return askEach(matched, CONTENT, (texts) =>
            finish(
              listing,
              matched.filter(({ path }) => hasContent(texts.get(path) ?? '')),
            ),
          );
        },
      },
    };
  },
});
