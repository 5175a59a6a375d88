import { hasTaint, plain } from '@tenon/jinja/text';
import type { Str, Value } from '@tenon/jinja/values';
import { quote } from '../../shell/quote.js';
import { readMode, wantedMode } from './file-mode.js';
import { STAT_FORMAT } from './file-report.js';
import { ModuleError } from '../module.js';

/** The options that every module with a file on the machine has (Ansible: add_file_common_args). */
export const attributeOptions = {
  mode: { type: 'raw', help: "Permissions: '0644', u=rw,g=r or an octal number." },
  owner: { type: 'str', help: 'The user, by name or number.' },
  group: { type: 'str', help: 'The group, by name or number.' },
  unsafe_writes: { type: 'bool', help: 'Without effect: files are always replaced in one step.' },
  attributes: { type: 'str', aliases: ['attr'], help: 'Flags of the file system as in chattr: i, +i, -a.' },
  selevel: { type: 'str', help: 'Without effect on a machine without SELinux; refused on others.' },
  serole: { type: 'str', help: 'As selevel.' },
  setype: { type: 'str', help: 'As selevel.' },
  seuser: { type: 'str', help: 'As selevel.' },
} as const;

interface AttributeArguments {
  readonly mode: Value | undefined;
  readonly owner: Str | undefined;
  readonly group: Str | undefined;
  readonly attributes?: Str | undefined;
  readonly selevel?: Str | undefined;
  readonly serole?: Str | undefined;
  readonly setype?: Str | undefined;
  readonly seuser?: Str | undefined;
}

/** What a file's owner, group and permissions should be; undefined is left as it is. */
export interface Attributes {
  /** Octal digits without leading zeros, as `stat -c %a` prints them, a symbolic mode or PRESERVE. */
  readonly mode: string | undefined;
  readonly owner: string | undefined;
  readonly group: string | undefined;
  /** chattr's flags with their operator. */
  readonly flags?: string | undefined;
  /** Whether a SELinux context is asked for. */
  readonly context?: boolean;
}

/** A user or group; a leading "-" would be an option of chown. */
function readName(name: Str, what: string): string {
  const text = plain(name);
  if (/^[^\s:/-][^\s:/]*$/.test(text)) return text;
  throw new ModuleError(`${what} must be a name or a number, not ${JSON.stringify(text)}`);
}

function readFlags(flags: Str): string {
  const text = plain(flags);
  if (/^[-+=]?[A-Za-z]+$/.test(text) && !hasTaint(flags)) return /^[-+=]/.test(text) ? text : `=${text}`;
  throw new ModuleError(
    `attributes must be letters as for chattr, like i, +i or -a, not ${JSON.stringify(text)}`,
  );
}

export function readAttributes(args: AttributeArguments): Attributes {
  const context = (['selevel', 'serole', 'setype', 'seuser'] as const).some(
    (name) => args[name] !== undefined,
  );
  return {
    mode: args.mode === undefined || args.mode === null ? undefined : readMode(args.mode),
    owner: args.owner === undefined ? undefined : readName(args.owner, 'owner'),
    group: args.group === undefined ? undefined : readName(args.group, 'group'),
    flags: args.attributes === undefined ? undefined : readFlags(args.attributes),
    context,
  };
}

/** How the steps treat a file. */
interface Treatment {
  /** The link itself, which has no mode. @default false */
  readonly link?: boolean;
  /** Only say that something would change. @default false */
  readonly checkMode?: boolean;
}

/** Runs a program unless only a prediction is asked for, and notes what changes: `$w` has ` name=before>after`. */
function change(command: string, note: string, { checkMode = false }: Treatment, onFailure = ''): string {
  const act = checkMode ? '' : `m=$(${command} -- "$f" 2>&1) || { ${onFailure}report failed "$m"; }; `;
  return `{ ${act}c=1; w="\${w-} ${note}"; }; `;
}

function ownerStep(name: string, program: 'chown' | 'chgrp', treatment: Treatment): string {
  const [number, text, what] = program === 'chown' ? ['$2', '$4', 'owner'] : ['$3', '$5', 'group'];
  const current = /^\d+$/.test(name) ? number : text;
  const flag = treatment.link === true ? ' -h' : '';
  const word = quote(name);
  const command = `${program}${flag} ${word}`;
  const kind = program === 'chown' ? 'user' : 'group';
  const reword = `case $m in *invalid*) m="failed to look up ${kind} $n" ;; esac; m="${program} failed: $m"; `;
  return `n=${word}; [ "${current}" = "$n" ] || ${change(command, `${what}=${current}>$n`, treatment, reword)}`;
}

/** Five digits: with fewer, chmod keeps a folder's set-group-id. */
function modeStep(mode: string, treatment: Treatment): string {
  const isOctal = /^[0-7]+$/.test(mode);
  const padded = mode.padStart(5, '0');
  const [test, octal] = isOctal
    ? [`[ "$1" = ${mode} ]`, padded]
    : [`${wantedMode(mode)}[ $((0$1)) = $x ]`, `"$(printf '%05o' $x)"`];
  const after = isOctal ? `0${mode.padStart(3, '0')}` : `$(printf '0%03o' $x)`;
  return `${test} || ${change(`chmod ${octal}`, `mode=0$1>${after}`, treatment)}`;
}

/** `e` (extents) is the file system's own and takes no part. */
function flagStep(flags: string, treatment: Treatment): string {
  const letters = flags.slice(1).split(/(?:)/);
  const present = (letter: string) => `case $l in *${letter}*) false ;; esac`;
  const missing = (letter: string) => `case $l in *${letter}*) ;; *) false ;; esac`;
  const allHave = letters.map(missing).join(' && ');
  const right = flags.startsWith('-')
    ? letters.map(present).join(' && ')
    : flags.startsWith('+')
      ? allHave
      : `case $l in *[!-e${letters.join('')}]*) false ;; esac && ${allHave}`;
  return (
    `l=$(lsattr -d -- "$f" 2>&1) || report failed "cannot read the attributes of $f: $l"; l=\${l%% *}; ` +
    `${right} || ${change(`chattr ${flags}`, `attributes=$l>${flags}`, treatment)}`
  );
}

const NO_CONTEXT =
  '[ ! -d /sys/fs/selinux ] || report failed "cannot set the SELinux context of $f: this is not supported; remove seuser, serole, setype and selevel"; ';

/**
 * Script text that brings `$f` to the attributes, sets `c=1` when it changed something and adds that to `$w`. Keeps what it has
 * seen of `$f` for `report`, which it needs (reportFunction). Owner before mode: chown clears set-user-id.
 */
export function attributeSteps(
  { mode, owner, group, flags, context = false }: Attributes,
  treatment: Treatment = {},
): string {
  const { link = false } = treatment;
  const steps = [
    ...(owner === undefined ? [] : [ownerStep(owner, 'chown', treatment)]),
    ...(group === undefined ? [] : [ownerStep(group, 'chgrp', treatment)]),
    ...(mode === undefined || link ? [] : [modeStep(mode, treatment)]),
    ...(flags === undefined || link ? [] : [flagStep(flags, treatment)]),
  ];
  const refusal = context ? NO_CONTEXT : '';
  if (steps.length === 0) return refusal;
  const follow = link ? '' : 'L';
  return `${refusal}seen=$(stat -${follow}c '${STAT_FORMAT}' -- "$f"); seen_of=$f; IFS='|'; set -- $seen; unset IFS; ${steps.join('')}`;
}
