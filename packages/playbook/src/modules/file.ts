import { plain } from '@tenon/jinja/text';
import type { Str } from '@tenon/jinja/values';
import { expandingWord, pathWord, refuseEscape } from '../shell/path-word.js';
import { quote } from '../shell/quote.js';
import { attributeOptions, attributeSteps, readAttributes, type Attributes } from './file-attributes.js';
import { readReport, reportFunction } from './file-report.js';
import { defineModule, done, ModuleError } from './module.js';

const TIME = /^(?:now|preserve|\d{8,12}(?:\.\d\d)?)$/;

/** Folders that no playbook wants to lose; Ansible would try. */
const REFUSE_ROOT = `case $d in ''|/|//|/.|/..) report failed "refused to remove $d" ;; esac; `;

function absent(): string {
  return `${REFUSE_ROOT}if [ -e "$d" ] || [ -L "$d" ]; then m=$(rm -rf -- "$d" 2>&1) || report failed "$m"; c=1; fi; `;
}

/** Every folder that has to be made gets the attributes, as in Ansible. */
function directory(recurse: boolean, attributes: Attributes): string {
  const steps = attributeSteps(attributes);
  const inner = quote(
    `report() { printf 'failed %s' "$2"; exit 0; }; for f; do c=0; ${steps}[ $c = 0 ] || printf x; done`,
  );
  const below =
    recurse && steps !== ''
      ? `m=$(find "$d" -mindepth 1 ! -type l -exec sh -c ${inner} sh {} +); case $m in *failed*) report failed "\${m#*failed }" ;; '') ;; *) c=1 ;; esac; `
      : '';
  return (
    `attributes() { ${steps}:; }; ` +
    `make() { case $1 in ''|/) return ;; esac; [ ! -d "$1" ] || return 0; case $1 in */*) make "\${1%/*}" ;; esac; ` +
    `m=$(mkdir -- "$1" 2>&1) || report failed "$m"; f=$1; attributes; c=1; }; ` +
    `d=\${d%/}; d=\${d:-/}; [ -d "$d" ] || { [ ! -e "$d" ] || report failed "$d already exists and is no directory"; make "$d"; }; ` +
    `f=$d; attributes; ${below}`
  );
}

function regular(attributes: Attributes): string {
  return (
    `[ -e "$d" ] || report failed "file ($d) is absent, cannot continue"; ` +
    `[ ! -d "$d" ] || report failed "file ($d) is directory, cannot continue"; f=$d; ${attributeSteps(attributes)}`
  );
}

/** No state: only the attributes of what is there. */
function existing(attributes: Attributes): string {
  return `[ -e "$d" ] || report failed "file ($d) is absent, cannot continue"; f=$d; ${attributeSteps(attributes)}`;
}

function touch(times: { access: string; modification: string }, attributes: Attributes): string {
  const change = (flag: string, time: string) =>
    time === 'preserve' ? '' : `touch -c ${flag}${time === 'now' ? '' : ` -t ${time}`} -- "$d"; c=1; `;
  return (
    `if [ ! -e "$d" ]; then m=$( : 2>&1 >>"$d") || report failed "$m"; c=1; fi; ` +
    change('-a', times.access) +
    change('-m', times.modification) +
    `f=$d; ${attributeSteps(attributes)}`
  );
}

/** What is in the way is only replaced with force; a folder never unless it is empty. */
function clearTheWay(force: boolean): string {
  if (!force)
    return `[ -L "$d" ] || [ ! -e "$d" ] || report failed "refusing to convert $d into a link; use force: yes"; `;
  return `if [ -d "$d" ] && [ ! -L "$d" ]; then rmdir -- "$d" 2>/dev/null || report failed "the directory $d is not empty, refusing to convert it"; fi; `;
}

const NEW_NAME = `t=$d.tenon.$$; trap 'rm -f -- "$t"' EXIT; `;

function link(
  source: string,
  { force, follow }: { force: boolean; follow: boolean },
  attributes: Attributes,
): string {
  const missing = force
    ? ''
    : `case $s in /*) x=$s ;; *) x=\${d%/*}/$s; [ "\${d%/*}" != "$d" ] || x=$s ;; esac; ` +
      `[ -e "$x" ] || report failed "src file does not exist, use force=yes if you really want to create the link: $s"; `;
  const steps = follow
    ? `if [ -e "$d" ]; then f=$(readlink -f -- "$d"); ${attributeSteps(attributes)}fi; `
    : `f=$d; ${attributeSteps(attributes, { link: true })}`;
  return (
    `s=${source}; if [ ! -L "$d" ] || [ "$(readlink -- "$d"; printf .)" != "$s\n." ]; then ${missing}${clearTheWay(force)}${NEW_NAME}` +
    `m=$(ln -s -- "$s" "$t" 2>&1 && mv -fT -- "$t" "$d" 2>&1) || report failed "$m"; c=1; fi; ${steps}`
  );
}

function hard(source: string, force: boolean, attributes: Attributes): string {
  const inTheWay = force
    ? ''
    : `[ ! -e "$d" ] || report failed "cannot link $d: it exists; use force: yes"; `;
  return (
    `s=${source}; [ -e "$s" ] || report failed "src does not exist: $s"; ` +
    `if [ ! "$d" -ef "$s" ]; then ${inTheWay}${NEW_NAME}m=$(ln -- "$s" "$t" 2>&1 && mv -fT -- "$t" "$d" 2>&1) || report failed "$m"; c=1; fi; ` +
    `f=$d; ${attributeSteps(attributes)}`
  );
}

function readTime(time: Str | undefined, state: string): string {
  const text = time === undefined ? (state === 'touch' ? 'now' : 'preserve') : plain(time);
  if (TIME.test(text)) return text;
  throw new ModuleError(
    `a time is now, preserve or digits like 202512312359.59, not ${JSON.stringify(text)}`,
  );
}

function sourceWord(src: Str | undefined, state: string): string {
  if (src === undefined) throw new ModuleError(`file with state "${state}" needs "src"`);
  refuseEscape(src, 'src');
  return expandingWord(src);
}

export const file = defineModule({
  name: 'file',
  summary: 'Makes, changes and removes files, folders and links.',
  options: {
    ...attributeOptions,
    path: { type: 'path', required: true, aliases: ['dest', 'name'], help: 'The file.' },
    state: {
      type: 'str',
      choices: ['absent', 'directory', 'file', 'hard', 'link', 'touch'],
      help: 'What should be there. Default: what is there.',
    },
    src: { type: 'path', help: 'What a link points to.' },
    force: { type: 'bool', default: false, help: 'Make a link in place of a file, or to nothing.' },
    follow: { type: 'bool', default: true, help: 'Attributes of a link are those of its target.' },
    recurse: { type: 'bool', default: false, help: 'Attributes for everything below a folder too.' },
    access_time: { type: 'str', help: 'With touch: now, preserve, or digits for touch -t.' },
    modification_time: { type: 'str', help: 'With touch: now, preserve, or digits for touch -t.' },
    access_time_format: {
      type: 'str',
      default: '%Y%m%d%H%M.%S',
      choices: ['%Y%m%d%H%M.%S'],
      help: 'Only this one.',
    },
    modification_time_format: {
      type: 'str',
      default: '%Y%m%d%H%M.%S',
      choices: ['%Y%m%d%H%M.%S'],
      help: 'Only this one.',
    },
  },
  examples: `
- file:
    path: /var/www/example
    state: directory
    mode: '0755'
`,
  returns: {
    path: 'The file.',
    state: 'file, directory, link or absent.',
    mode: 'Permissions, "0644".',
    owner: 'The user.',
    group: 'The group.',
  },
  run(args) {
    const state = args.state === undefined ? (args.recurse ? 'directory' : undefined) : plain(args.state);
    if (args.recurse && state !== 'directory') throw new ModuleError('recurse needs state "directory"');
    const attributes = readAttributes(args);
    const steps = {
      absent: () => absent(),
      directory: () => directory(args.recurse, attributes),
      file: () => regular(attributes),
      hard: () => hard(sourceWord(args.src, 'hard'), args.force, attributes),
      link: () => link(sourceWord(args.src, 'link'), args, attributes),
      touch: () =>
        touch(
          {
            access: readTime(args.access_time, 'touch'),
            modification: readTime(args.modification_time, 'touch'),
          },
          attributes,
        ),
    };
    const work = state === undefined ? existing(attributes) : steps[state as keyof typeof steps]();
    return {
      plan: {
        script: `${reportFunction}d=${pathWord(args.path, 'path')}; ${work}case $c in 0) report ok '' ;; *) report changed '' ;; esac`,
        interpret(output) {
          const report = readReport(output, `change ${plain(args.path)}`);
          if (!('status' in report)) return report;
          const facts = Object.keys(report.facts).length === 0 ? { state: 'absent' } : report.facts;
          return done({
            changed: report.status === 'changed',
            returns: { path: report.path, dest: report.path, ...facts },
          });
        },
      },
    };
  },
});
