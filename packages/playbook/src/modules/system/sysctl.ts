import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import {
  defineModule,
  done,
  ModuleError,
  type MachineRequest,
  type ModuleContext,
  type Plan,
} from '../module.js';
import { READ_TEXT, rewriteText, SAY_TEXT } from '../files/rewrite-text.js';
import { END, FIELDS, MORE, readFields, TRY } from '../script-fields.js';
import { editSysctlFile, sysctlValue } from './sysctl-file.js';

interface Setting {
  readonly name: string;
  /** Undefined: the setting should not be in the file. */
  readonly value: string | undefined;
  /** The file as a shell word. */
  readonly file: string;
  readonly reload: boolean;
  readonly sysctl_set: boolean;
  readonly ignoreerrors: boolean;
}

/** Text that leaves in `$found` and `$v` the value in the file, the last one when there are several. */
const FIND =
  `found=; v=; while IFS= read -r l; do case $l in *"$n"*=*) IFS='=\t ' read -r k w <<E_N_D\n$l\nE_N_D\n` +
  `[ "$k" != "$n" ] || { found=1; v=$w; } ;; esac; done <<E_N_D\n$text\nE_N_D\n`;

/** Looks into the file and the kernel; in the unchanged case that is all. */
function look({ name, value, file, reload, sysctl_set: set }: Setting): string {
  const kernel = `set -f; set -- $(sysctl -e -n -- "$n" 2>/dev/null); r=$*; say running "$r"; `;
  const same =
    value === undefined
      ? '[ -z "$found" ]'
      : `[ -n "$found" ] && [ "$v" = ${quote(value)} ]` +
        (reload || set ? ` && [ "$r" = ${quote(value.split(/\s+/).join(' '))} ]` : '');
  return (
    `${FIELDS}n=${quote(name)}; d=${file}; ${READ_TEXT}${FIND}${value === undefined ? '' : kernel}` +
    `if ${same}; then ${END}; exit; fi; ${SAY_TEXT}${MORE}`
  );
}

/** sysctl ends with 0 although the kernel refused a value (Red Hat bug 1264080), therefore its words are read as well. */
function checked(command: string, what: string): string {
  const refused = `*'sysctl: setting key "'*'": Invalid argument'*|*'sysctl: setting key "'*'": Read-only file system'*`;
  return `try ${command} || fail "${what}: $said"; case $said in ${refused}) fail "${what}: $said" ;; esac; `;
}

function act(setting: Setting, before: string | undefined, running: string): MachineRequest {
  const { name, value, file, reload, ignoreerrors } = setting;
  const after = editSysctlFile(before ?? '', name, value);
  const flag = ignoreerrors ? ' -e' : '';
  const set =
    setting.sysctl_set && value !== undefined && running !== value.split(/\s+/).join(' ')
      ? checked(`sysctl${flag} -w ${quote(`${name}=${value}`)}`, `setting ${name} failed`)
      : '';
  const apply = reload ? checked(`sysctl${flag} -p "$d"`, 'Failed to reload sysctl') : '';
  if (after === undefined) return { script: `${FIELDS}${TRY}d=${file}; ${set}${apply}changes=1; ${END}` };
  const { script, stdin } = rewriteText({ path: file, before, after });
  return { script: `${FIELDS}${TRY}${set}${script}${apply}changes=1; ${END}`, stdin };
}

function bring(setting: Setting, { checkMode }: ModuleContext): Plan {
  const what = `set ${setting.name}`;
  return {
    script: look(setting),
    interpret(output) {
      const found = readFields(output, what);
      const changed = found.get('changed') === '1';
      if (!changed || checkMode) return done({ changed });
      const before = found.get('there') === '1' ? found.get('text') : undefined;
      const interpret = (answer: RemoteOutput) =>
        done({ changed: readFields(answer, what).get('changed') === '1' });
      return { plan: { ...act(setting, before, found.get('running') ?? ''), interpret } };
    },
  };
}

/** One word or line of the file. Throws ModuleError for what would be an option or another line. */
function part(text: Str, what: string, pattern: RegExp): string {
  const shown = plain(text).trim();
  if (shown === '') throw new ModuleError(`${what} cannot be blank`);
  if (!pattern.test(shown) || (hasTaint(text) && what === 'name'))
    throw new ModuleError(`${what} cannot be ${JSON.stringify(shown)}`);
  return shown;
}

export const sysctl = defineModule({
  name: 'sysctl',
  summary: 'Keeps a kernel setting in a file of sysctl and applies it.',
  checkMode: 'supported',
  options: {
    name: { type: 'str', required: true, aliases: ['key'], help: 'The setting: net.ipv4.ip_forward.' },
    value: { type: 'str', aliases: ['val'], help: 'Its value.' },
    state: {
      type: 'str',
      default: 'present',
      choices: ['present', 'absent'],
      help: 'Whether it is in the file.',
    },
    sysctl_file: { type: 'path', default: '/etc/sysctl.conf', help: 'The file.' },
    sysctl_set: { type: 'bool', default: false, help: 'Set the value in the kernel by itself.' },
    reload: { type: 'bool', default: true, help: 'Apply the whole file after a change: sysctl -p.' },
    ignoreerrors: {
      type: 'bool',
      default: false,
      help: 'Take no notice of settings that the kernel does not know.',
    },
  },
  rules: { requiredIf: [['state', 'present', ['value']]] },
  examples: `
- ansible.posix.sysctl:
    name: net.ipv4.ip_forward
    value: '1'
    sysctl_file: /etc/sysctl.d/90-router.conf
`,
  returns: {},
  run(args, context) {
    const present = plain(args.state) === 'present';
    const value = present && args.value !== undefined ? part(args.value, 'value', /^[^\n\r\0]*$/) : undefined;
    const setting: Setting = {
      ...args,
      name: part(args.name, 'name', /^[\w][\w./*-]*$/),
      value: value === undefined ? undefined : sysctlValue(value),
      file: pathWord(args.sysctl_file, 'sysctl_file'),
    };
    return { plan: bring(setting, context) };
  },
});
