import { concat, plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { updateLists } from './apt-update.js';
import { readMode } from '../files/file-mode.js';
import { defineModule, done, NEXT, type Diff, type ModuleContext, type Step } from '../module.js';
import type { Arguments } from '../options.js';
import { QUIETLY } from '../quietly.js';
import { END, FIELDS, readFields, type Fields } from '../script-fields.js';
import { addSource, removeSource, type ChangedFile } from './source-files.js';
import { fileNameFor, wantedSource } from './source-line.js';

const FOLDER = '/etc/apt/sources.list.d';

const options = {
  repo: { type: 'str', required: true, help: 'A line of a sources.list: deb ADDRESS SUITE COMPONENTS.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    help: 'Whether the line is there.',
  },
  filename: { type: 'str', help: 'The file, without .list; default: made from the address.' },
  mode: { type: 'raw', help: 'Permissions of a new file. Default: 0644.' },
  update_cache: {
    type: 'bool',
    default: true,
    aliases: ['update-cache'],
    help: 'Read the package lists anew after a change.',
  },
  update_cache_retries: {
    type: 'int',
    default: 5,
    help: 'How often to try when the lists cannot be read.',
  },
  update_cache_retry_max_delay: { type: 'int', default: 12, help: 'In seconds, between two tries at most.' },
  codename: { type: 'str', help: 'Without effect: archives of Launchpad are not looked up.' },
  install_python_apt: { type: 'bool', default: true, help: 'Without effect: no Python is needed.' },
  validate_certs: { type: 'bool', default: true, help: 'Without effect: nothing is fetched but by apt.' },
} as const;

type RepositoryArguments = Arguments<typeof options>;

/**
 * Looks for the line in all files, with the shell alone, and ends when all is as it should be. Else it prints the files, and the
 * name of the one for a new line, because `~` in it is expanded here.
 */
function lookScript(source: string, path: string, present: boolean): string {
  const inOrder = present ? `[ -n "$on" ] && [ -z "$off" ]` : `[ -z "$on" ]`;
  return (
    `${FIELDS}wanted=${quote(source)}; on=; off=; set -- /etc/apt/sources.list ${FOLDER}/*.list; ` +
    `check() { set -f; while IFS= read -r l || [ -n "$l" ]; do set -- $l; l="$*"; is=1; case $l in '#'*) is=; l=\${l#?} ;; esac; ` +
    `set -- \${l%%#*}; [ "$*" != "$wanted" ] || if [ -n "$is" ]; then on=1; else off=1; fi; done; set +f; }; ` +
    `for f; do [ ! -f "$f" ] || check <"$f"; done; if ${inOrder}; then ${END}; exit 0; fi; ` +
    `say path ${path}; for f; do [ ! -f "$f" ] || say "file $f" "$(cat "$f"; printf .)"; done; say changed 1; exit ${NEXT}`
  );
}

/** Files are replaced whole; when apt cannot read the lists after that, they are what they were before. */
function writeScript(changes: readonly ChangedFile[], args: RepositoryArguments): string {
  const mode = args.mode === undefined ? '644' : readMode(args.mode);
  const put = (path: string, text: string | undefined) =>
    text === undefined ? `rm -f ${quote(path)}; ` : `put ${quote(path)} ${quote(text)}; `;
  const undo = changes.map(({ path, before }) => put(path, before)).join('');
  return (
    `${FIELDS}${QUIETLY}put() { mkdir -p "\${1%/*}" && t=$(mktemp "$1.XXXXXX") && printf '%s' "$2" >"$t" && ` +
    `{ if [ -e "$1" ]; then chown --reference="$1" "$t" && chmod --reference="$1" "$t"; else chmod ${quote(mode)} "$t"; fi; } && mv -f "$t" "$1" || fail "cannot write $1"; }; ` +
    changes.map(({ path, after }) => put(path, after)).join('') +
    (args.update_cache
      ? updateLists(args, `{ ${undo}fail "Failed to update apt cache: $(complained)"; }`)
      : '') +
    `changes=1; ${END}`
  );
}

function diffOf({ path, before, after }: ChangedFile): Diff {
  const header = (text: string | undefined) => (text === undefined ? '/dev/null' : path);
  return {
    before: before ?? '',
    after: after ?? '',
    beforeHeader: header(before),
    afterHeader: header(after),
  };
}

/** The file for a new line. A name with a slash is a path. */
function pathFor(filename: Str | undefined, source: string): string {
  if (filename === undefined) return quote(`${FOLDER}/${fileNameFor(source)}`);
  const name = concat([filename, '.list']);
  return pathWord(plain(filename).includes('/') ? name : concat([`${FOLDER}/`, name]), 'filename');
}

/** The files of sources, as the first script has printed them. */
function filesOf(seen: Fields): Map<string, string> {
  return new Map(
    [...seen].flatMap(([name, text]) =>
      name.startsWith('file ') ? [[name.slice('file '.length), text.slice(0, -1)] as const] : [],
    ),
  );
}

function changeRepository(args: RepositoryArguments, { checkMode, diffMode }: ModuleContext): Step {
  const present = plain(args.state) === 'present';
  const wanted = wantedSource(plain(args.repo));
  const returns = { repo: plain(args.repo), state: plain(args.state) };
  const change = (seen: Fields): Step => {
    const files = filesOf(seen);
    const changes = present ? addSource(files, wanted, seen.get('path') ?? '') : removeSource(files, wanted);
    const result = done({ changed: true, returns, ...(diffMode && { diff: changes.map(diffOf) }) });
    const interpret = (output: RemoteOutput) => {
      readFields(output, 'change the sources of apt');
      return result;
    };
    return checkMode ? result : { plan: { script: writeScript(changes, args), isolated: true, interpret } };
  };
  return {
    plan: {
      script: lookScript(wanted.source, pathFor(args.filename, wanted.source), present),
      interpret(output) {
        const seen = readFields(output, 'read the sources of apt');
        return seen.get('changed') === '0' ? done({ changed: false, returns }) : change(seen);
      },
    },
  };
}

export const aptRepository = defineModule({
  name: 'apt_repository',
  summary: 'Adds and removes sources of Debian packages.',
  checkMode: 'supported',
  options,
  examples: `
- apt_repository:
    repo: deb [signed-by=/etc/apt/keyrings/example.asc] https://apt.example.org stable main
    filename: example
`,
  returns: { repo: 'The line.', state: 'present or absent.' },
  run: (args, context) => changeRepository(args, context),
});
