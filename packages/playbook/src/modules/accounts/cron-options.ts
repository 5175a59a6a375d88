import { hasTaint, plain, type Str } from '@tenon/jinja/text';
import { accountName } from './account-name.js';
import type { CronEntry } from './cron-table.js';
import { ModuleError } from '../module.js';
import type { Arguments } from '../options.js';

/** The options of cron, as Ansible 2.14 has them. */
export const cronOptions = {
  name: { type: 'str', required: true, help: 'What the job is known by; with env the variable.' },
  job: { type: 'str', aliases: ['value'], help: 'The command, or the value of the variable.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], help: 'Whether it is there.' },
  user: { type: 'str', help: 'Whose crontab; in a cron_file who runs the job.' },
  cron_file: { type: 'path', help: 'A file of /etc/cron.d, or another by its full path.' },
  minute: { type: 'str', default: '*', help: '0-59, *, */2 …' },
  hour: { type: 'str', default: '*', help: '0-23, *, */2 …' },
  day: { type: 'str', default: '*', aliases: ['dom'], help: '1-31, *, */2 …' },
  month: { type: 'str', default: '*', help: '1-12, *, */2 …' },
  weekday: { type: 'str', default: '*', aliases: ['dow'], help: '0-6 for Sunday to Saturday, * …' },
  special_time: {
    type: 'str',
    choices: ['annually', 'daily', 'hourly', 'monthly', 'reboot', 'weekly', 'yearly'],
    help: 'Instead of the five times.',
  },
  disabled: { type: 'bool', default: false, help: 'Comment the job out.' },
  env: { type: 'bool', default: false, help: 'A variable instead of a job.' },
  insertafter: { type: 'str', help: 'With env: the variable that a new one goes behind.' },
  insertbefore: { type: 'str', help: 'With env: the variable that a new one goes before.' },
  backup: { type: 'bool', default: false, help: 'Keep the old crontab in a file.' },
} as const;

export type CronArguments = Arguments<typeof cronOptions>;

/** Text that must stay in its line. Tenant data must not be a command either: cron gives it to a shell. */
function inOneLine(text: Str, what: string): string {
  const shown = plain(text);
  if (/[\n\r\0]/.test(shown)) throw new ModuleError(`${what} cannot have a line end in it`);
  return shown;
}

function timeOf(text: Str, what: string): string {
  const shown = plain(text).trim();
  if (!/^\S+$/.test(shown) || (hasTaint(text) && !/^[\w*/,-]+$/.test(shown)))
    throw new ModuleError(`${what} cannot be ${JSON.stringify(shown)}`);
  return shown;
}

const TIMES = ['minute', 'hour', 'day', 'month', 'weekday'] as const;

function when(args: CronArguments): string {
  if (args.special_time === undefined) return TIMES.map((name) => timeOf(args[name], name)).join(' ');
  if (TIMES.some((name) => plain(args[name]) !== '*'))
    throw new ModuleError('You must specify time and date fields or special time.');
  return `@${plain(args.special_time)}`;
}

function jobLine(args: CronArguments, job: Str): string {
  if (hasTaint(job))
    throw new ModuleError(
      'refused: job holds tenant data, and cron gives it to a shell; run a script that reads it from a file',
    );
  const who =
    args.cron_file === undefined || args.user === undefined ? '' : `${accountName(args.user, 'user')} `;
  return `${args.disabled ? '#' : ''}${when(args)} ${who}${plain(job).replace(/^[\r\n]+|[\r\n]+$/g, '')}`;
}

function variableLine(name: string, value: Str): string {
  if (/\s/.test(name)) throw new ModuleError('Invalid name for environment variable');
  if (hasTaint(value) && plain(value).includes('"'))
    throw new ModuleError('refused: tenant data would end the quotes of the variable');
  return `${name}="${inOneLine(value, 'job')}"`;
}

function nextTo({ insertafter: after, insertbefore: before, env }: CronArguments): Pick<CronEntry, 'next'> {
  const to = after ?? before;
  if (to === undefined) return {};
  if (!env) throw new ModuleError('Insertafter and insertbefore parameters are valid only with env=yes');
  return { next: { to: plain(to), where: after === undefined ? 'before' : 'after' } };
}

/** What should be in the crontab. Throws ModuleError. */
export function readEntry(args: CronArguments): CronEntry {
  const name = inOneLine(args.name, 'name');
  if (plain(args.state) === 'absent') return { name, env: args.env, line: undefined };
  if (args.cron_file !== undefined && args.user === undefined)
    throw new ModuleError('To use cron_file=... parameter you must specify user=... as well');
  if (args.job === undefined)
    throw new ModuleError("You must specify 'job' to install a new cron job or variable");
  const line = args.env ? variableLine(name, args.job) : jobLine(args, args.job);
  return { name, env: args.env, line, ...nextTo(args) };
}
