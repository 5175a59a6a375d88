import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { refuseEscape } from '../../shell/path-word.js';
import type { FstabEntry } from './fstab.js';
import { ModuleError } from '../module.js';
import type { Arguments } from '../options.js';

/** The options of mount, as ansible.posix has them. */
export const mountOptions = {
  path: { type: 'path', required: true, aliases: ['name'], help: 'Where it is mounted.' },
  state: {
    type: 'str',
    required: true,
    choices: ['absent', 'absent_from_fstab', 'mounted', 'present', 'unmounted', 'remounted', 'ephemeral'],
    help: 'mounted: in fstab and mounted; present: in fstab; ephemeral: mounted, not in fstab; absent: neither.',
  },
  src: { type: 'path', help: 'The device, share or folder.' },
  fstype: { type: 'str', help: 'The kind of file system.' },
  opts: { type: 'str', help: 'Mount options. Default: defaults.' },
  dump: { type: 'str', default: '0', help: 'The fifth field of fstab.' },
  passno: { type: 'str', default: '0', help: 'The sixth field of fstab.' },
  fstab: { type: 'str', help: 'Default: /etc/fstab.' },
  boot: { type: 'bool', default: true, help: 'No adds noauto to opts.' },
  backup: { type: 'bool', default: false, help: 'Keep the old fstab beside the new one.' },
} as const;

type MountArguments = Arguments<typeof mountOptions>;

/** What should be mounted where. */
export interface Mounting extends FstabEntry {
  readonly state: string;
  /** Whether src was given: it tells swaps apart. */
  readonly hasSource: boolean;
  readonly fstab: string;
  readonly boot: 'yes' | 'no';
  readonly backup: boolean;
  readonly warnings: readonly string[];
}

/** One field; tenant data must not be an option, and nothing a line end. */
function field(value: Str | undefined, what: string, fallback: string): string {
  if (value === undefined) return fallback;
  const text = plain(value);
  if (/[\n\r\0]/.test(text) || text.startsWith('-') || text === '')
    throw new ModuleError(`${what} cannot be ${JSON.stringify(text)}`);
  if (hasTaint(value) && (what === 'opts' || what === 'fstype'))
    throw new ModuleError(`refused: tenant data would be part of ${what}`);
  return text;
}

/** noauto in opts wins over boot. */
function bootOf(opts: string, boot: boolean): Pick<Mounting, 'opts' | 'boot' | 'warnings'> {
  const given = opts.split(',');
  if (given.includes('noauto'))
    return { opts, boot: 'yes', warnings: ["Ignore the 'boot' due to 'opts' contains 'noauto'."] };
  if (boot) return { opts, boot: 'yes', warnings: [] };
  if (given.includes('defaults'))
    return { opts, boot: 'no', warnings: ["Ignore the 'boot' due to 'opts' contains 'defaults'."] };
  return { opts: `${opts},noauto`, boot: 'no', warnings: [] };
}

/** The arguments as fields of fstab. Throws ModuleError. */
export function readMounting(args: MountArguments): Mounting {
  refuseEscape(args.path, 'path');
  if (args.src !== undefined) refuseEscape(args.src, 'src');
  const name = field(args.path, 'path', '').replace(/(?<=.)\/+$/, '');
  if (!name.startsWith('/') && name !== 'none' && name !== 'swap')
    throw new ModuleError(`path must be absolute, not ${JSON.stringify(name)}`);
  if (args.fstab !== undefined && hasTaint(args.fstab))
    throw new ModuleError('refused: tenant data would name the fstab');
  return {
    name,
    state: plain(args.state),
    src: field(args.src, 'src', ''),
    hasSource: args.src !== undefined,
    fstype: field(args.fstype, 'fstype', ''),
    dump: field(args.dump, 'dump', '0'),
    passno: field(args.passno, 'passno', '0'),
    fstab: field(args.fstab, 'fstab', '/etc/fstab'),
    backup: args.backup,
    ...bootOf(field(args.opts, 'opts', 'defaults'), args.boot),
  };
}
