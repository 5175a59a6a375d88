import { plain } from '@tenon/jinja/text';
import { pyStr, type Str, type Value } from '@tenon/jinja/values';
import { quote } from '../shell/quote.js';
import { ModuleError } from './module.js';

/** The options that every module with a file on the machine has (Ansible: add_file_common_args). */
export const attributeOptions = {
  mode: { type: 'raw', help: "Permissions: '0644', u=rw,g=r or an octal number." },
  owner: { type: 'str', help: 'The user, by name or number.' },
  group: { type: 'str', help: 'The group, by name or number.' },
  unsafe_writes: { type: 'bool', help: 'Without effect: files are always replaced in one step.' },
  attributes: { type: 'str', aliases: ['attr'], help: 'Not supported: must be absent.' },
  selevel: { type: 'str', help: 'Not supported: must be absent.' },
  serole: { type: 'str', help: 'Not supported: must be absent.' },
  setype: { type: 'str', help: 'Not supported: must be absent.' },
  seuser: { type: 'str', help: 'Not supported: must be absent.' },
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
  /** Octal digits without leading zeros, as `stat -c %a` prints them, or a symbolic mode. */
  readonly mode: string | undefined;
  readonly owner: string | undefined;
  readonly group: string | undefined;
}

const OCTAL = /^0*[0-7]{1,4}$/;
const SYMBOLIC = /^[ugoa]*(?:[-+=][rwxXstugo]*)+(?:,[ugoa]*(?:[-+=][rwxXstugo]*)+)*$/;

/** A mode as a playbook writes it: YAML has read 0644 as 420 already. Throws ModuleError for what is none. */
export function readMode(mode: Value): string {
  if (typeof mode === 'number') return mode.toString(8);
  const text = plain(pyStr(mode)).trim();
  if (OCTAL.test(text)) return Number.parseInt(text, 8).toString(8);
  if (SYMBOLIC.test(text)) return text;
  throw new ModuleError(
    `mode must be octal like '0644' or symbolic like u=rw,g=r, not ${JSON.stringify(text)}`,
  );
}

/** A user or group; a leading "-" would be an option of chown. */
function readName(name: Str, what: string): string {
  const text = plain(name);
  if (/^[^\s:/-][^\s:/]*$/.test(text)) return text;
  throw new ModuleError(`${what} must be a name or a number, not ${JSON.stringify(text)}`);
}

export function readAttributes(args: AttributeArguments): Attributes {
  for (const name of ['attributes', 'selevel', 'serole', 'setype', 'seuser'] as const) {
    if (args[name] !== undefined)
      throw new ModuleError(`the option "${name}" is not supported yet; remove it`);
  }
  return {
    mode: args.mode === undefined || args.mode === null ? undefined : readMode(args.mode),
    owner: args.owner === undefined ? undefined : readName(args.owner, 'owner'),
    group: args.group === undefined ? undefined : readName(args.group, 'group'),
  };
}

function ownerStep(name: string, program: 'chown' | 'chgrp', link: boolean): string {
  const [number, text] = program === 'chown' ? ['$2', '$4'] : ['$3', '$5'];
  const current = /^\d+$/.test(name) ? number : text;
  const flag = link ? ' -h' : '';
  return `[ "${current}" = ${quote(name)} ] || { m=$(${program}${flag} ${quote(name)} -- "$f" 2>&1) || report failed "$m"; c=1; }; `;
}

function modeStep(mode: string): string {
  if (/^[0-7]+$/.test(mode)) {
    return `[ "$1" = ${mode} ] || { m=$(chmod ${mode} -- "$f" 2>&1) || report failed "$m"; c=1; }; `;
  }
  return `m=$(chmod ${mode} -- "$f" 2>&1) || report failed "$m"; [ "$1" = "$(stat -c %a -- "$f")" ] || c=1; `;
}

/**
 * Script text that brings `$f` to the attributes and sets `c=1` when it changed something. Needs `report`
 * (reportFunction). Owner before mode: chown clears set-user-id. `link`: the link itself, which has no mode.
 */
export function attributeSteps({ mode, owner, group }: Attributes, { link = false } = {}): string {
  const steps = [
    ...(owner === undefined ? [] : [ownerStep(owner, 'chown', link)]),
    ...(group === undefined ? [] : [ownerStep(group, 'chgrp', link)]),
    ...(mode === undefined || link ? [] : [modeStep(mode)]),
  ];
  if (steps.length === 0) return '';
  const follow = link ? '' : 'L';
  return `set -- $(stat -${follow}c '%a %u %g %U %G' -- "$f"); ${steps.join('')}`;
}
