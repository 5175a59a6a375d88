import type { RemoteOutput } from '../../transport/transport.js';
import { DIFF_LIMIT_BYTES } from './content-diff.js';
import { failure, NEXT, type Diff, type Step } from '../module.js';

/** What is asked about a file, for attributes and reports alike: where nothing is changed, once is enough. */
export const STAT_FORMAT = '%a|%u|%g|%U|%G|%s|%h|%F';

/**
 * Script text: `report STATUS MESSAGE` prints what happened to `$d` and ends the script: with 0, with NEXT when the status is
 * `needed`, with 1 when it is `failed`. Fields end with NUL, because a path may hold anything else. `show old FILE` (or new)
 * prints in front of the report the content that a diff wants.
 */
export const reportFunction =
  `report() { printf '%s\\0%s\\0%s\\0%s\\0' "$1" "$2" "$d" "\${w-}"; ` +
  `[ "$1" != needed ] || exit ${NEXT}; ` +
  `if [ $c = 0 ] && [ "\${seen_of-}" = "$d" ] && [ ! -L "$d" ]; then printf '%s\\n' "$seen"; ` +
  `elif [ -e "$d" ] || [ -L "$d" ]; then stat -c '${STAT_FORMAT}' -- "$d"; fi; [ "$1" != failed ] || exit 1; exit 0; }; ` +
  `show() { [ ! -f "$2" ] || { printf '%s\\0' "$1"; head -c ${DIFF_LIMIT_BYTES + 1} -- "$2" | base64 -w0; printf '\\0'; }; }; c=0; w=; `;

const KINDS: Readonly<Record<string, string>> = { directory: 'directory', 'symbolic link': 'link' };

/** What a script has reported about one path. */
export interface FileReport {
  readonly status: string;
  readonly message: string;
  readonly path: string;
  /** As Ansible returns it: mode "0644", uid, gid, owner, group, size, state; empty when the path is absent. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What became of owner, group, mode and flags, by name. */
  readonly changes: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  /** The beginning of the content before and of a new one, when the script was told to show them. */
  readonly old?: Buffer;
  readonly new?: Buffer;
}

/** Reads a line of STAT_FORMAT; {} when there is none. */
export function factsOf(line: string): Record<string, unknown> {
  const [mode, uid, gid, owner, group, size, links, kind] = line.trim().split('|');
  if (mode === undefined || kind === undefined) return {};
  return {
    mode: `0${mode.padStart(3, '0')}`,
    uid: Number(uid),
    gid: Number(gid),
    owner,
    group,
    size: Number(size),
    state: KINDS[kind] ?? (Number(links) > 1 ? 'hard' : 'file'),
  };
}

function changesOf(words: string): FileReport['changes'] {
  return words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [, name = '', before = '', after = ''] = /^(\w+)=(.*)>(.*)$/.exec(word) ?? [];
      return { name, before, after };
    });
}

/** A failure says what is there, as Ansible's does. */
function whatIsThere(path: string, facts: FileReport['facts']): FileReport['facts'] {
  return path !== '' && Object.keys(facts).length === 0 ? { state: 'absent' } : facts;
}

/** Reads what `report` printed; a failed Step when the script broke or reported a failure. */
export function readReport(output: RemoteOutput, what: string): FileReport | Step {
  const fields = output.stdout.toString().split('\0');
  const shown: { old?: Buffer; new?: Buffer } = {};
  while (fields[0] === 'old' || fields[0] === 'new') {
    const [name, content = ''] = fields.splice(0, 2);
    shown[name === 'old' ? 'old' : 'new'] = Buffer.from(content, 'base64');
  }
  const [status, message = '', path, changes = '', facts = ''] = fields;
  if (status === undefined || path === undefined) {
    const why = output.stderr.toString().trim() || `the script ended with ${output.rc}`;
    return failure(`cannot ${what}: ${why}`);
  }
  const known = factsOf(facts);
  if (status === 'failed') return failure(message, { path, ...whatIsThere(path, known) });
  return { status, message, path, facts: known, changes: changesOf(changes), ...shown };
}

function sortedJson(values: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 4)}\n`;
}

/** What changed about a path beside its content, as Ansible prints it: a sorted dictionary before and after. */
export function attributesDiff(
  { path, changes }: Pick<FileReport, 'path' | 'changes'>,
  more: { before: Readonly<Record<string, unknown>>; after: Readonly<Record<string, unknown>> } = {
    before: {},
    after: {},
  },
): Diff {
  const side = (which: 'before' | 'after') =>
    Object.fromEntries(changes.map((change) => [change.name, change[which]]));
  return {
    before: sortedJson({ path, ...more.before, ...side('before') }),
    after: sortedJson({ path, ...more.after, ...side('after') }),
    beforeHeader: `${path} (file attributes)`,
    afterHeader: `${path} (file attributes)`,
  };
}
