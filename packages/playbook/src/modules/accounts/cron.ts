import { plain, type Str } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import type { RemoteOutput } from '../../transport/transport.js';
import { accountName } from './account-name.js';
import { cronOptions, readEntry, type CronArguments } from './cron-options.js';
import { cronLines, cronNames, cronText, editCron, MissingVariable, type CronEntry } from './cron-table.js';
import {
  defineModule,
  done,
  ModuleError,
  type Diff,
  type MachineRequest,
  type ModuleContext,
  type Plan,
} from '../module.js';
import { READ_TEXT, rewriteText, SAY_TEXT } from '../files/rewrite-text.js';
import { END, FIELDS, MORE, readFields } from '../script-fields.js';

/** Where the crontab is. */
interface Table {
  /** The file as a shell word; undefined: the crontab of a user. */
  readonly file: string | undefined;
  /** For people and the diff. */
  readonly title: string;
  /** The option of crontab(1) that names the user; '' for who runs it. */
  readonly whose: string;
}

function fileWord(file: Str): string {
  const text = plain(file);
  if (text === '/etc/crontab')
    throw new ModuleError('Will not manage /etc/crontab via cron_file, see documentation.');
  const word = pathWord(file, 'cron_file');
  return /^[/~$]/.test(text) ? word : `/etc/cron.d/${word}`;
}

function tableOf({ cron_file: file, user }: CronArguments): Table {
  if (file !== undefined) {
    const text = plain(file);
    return { file: fileWord(file), title: text.startsWith('/') ? text : `/etc/cron.d/${text}`, whose: '' };
  }
  if (user === undefined) return { file: undefined, title: 'crontab', whose: '' };
  const name = accountName(user, 'user');
  return { file: undefined, title: `crontab for user "${name}"`, whose: ` -u ${quote(name)}` };
}

/** Text for a test whether the crontab in `$text` has the entry already, by its first mark. */
function settled({ name, line, env }: CronEntry): string {
  const mark = quote(env ? `\n${name}=` : `\n#Ansible: ${name}\n`);
  if (line === undefined) return `case $y in *${mark}*) false ;; esac`;
  const rest = quote(env ? `${line.slice(name.length + 1)}\n` : `${line}\n`);
  return `case $y in *${mark}*) case \${y#*${mark}} in ${rest}*) ;; *) false ;; esac ;; *) false ;; esac`;
}

function look({ file, whose }: Table, entry: CronEntry): string {
  const read =
    file === undefined
      ? `command -v crontab >/dev/null || fail 'Failed to find required executable "crontab"'; ` +
        `there=; text=$(crontab${whose} -l 2>/dev/null; printf .); text=\${text%.}; `
      : `d=${file}; ${READ_TEXT}`;
  return (
    `${FIELDS}${read}${SAY_TEXT}y='\n'$text; case $y in *'\n') whole=1 ;; *) whole= ;; esac; ` +
    `if [ -n "$whole" ] && ${settled(entry)}; then ${END}; exit; fi; ${MORE}`
  );
}

function act(
  table: Table,
  { before, after }: { before: string | undefined; after: string },
  backup: boolean,
): MachineRequest {
  if (table.file === undefined) {
    const copy = backup
      ? `b=$(mktemp /tmp/crontabXXXXXXXX) && { crontab${table.whose} -l >"$b" 2>/dev/null || :; } || fail 'cannot back up the crontab'; say backup_file "$b"; `
      : '';
    const write = `said=$(crontab${table.whose} - 2>&1) || fail "$said"; changes=1; `;
    return { script: `${FIELDS}${copy}${write}${END}`, stdin: Buffer.from(after) };
  }
  if (after === '' && before !== undefined)
    return { script: `${FIELDS}rm -f -- ${table.file} || fail "cannot remove the file"; changes=1; ${END}` };
  const mode = before === undefined ? { attributes: 'chmod 644 -- "$t"' } : {};
  const { script, stdin } = rewriteText({ path: table.file, before, after, backup, ...mode });
  return { script: `${FIELDS}${script}changes=1; ${END}`, stdin };
}

function warningsOf({ cron_file: file, job, env }: CronArguments): string[] {
  const base = file === undefined ? undefined : plain(file).replace(/^.*\//, '');
  return [
    ...(base === undefined || /^[A-Z0-9_-]+$/i.test(base)
      ? []
      : [
          `Filename portion of cron_file ("${base}") should consist solely of upper- and lower-case letters, digits, underscores, and hyphens`,
        ]),
    ...(job !== undefined && !env && /[\r\n]/.test(plain(job).trim())
      ? ['Job should not contain line breaks']
      : []),
  ];
}

function edit(lines: readonly string[], entry: CronEntry): string[] {
  try {
    return editCron(lines, entry);
  } catch (error) {
    if (error instanceof MissingVariable) throw new ModuleError(error.message);
    throw error;
  }
}

function bring(args: CronArguments, { checkMode, diffMode }: ModuleContext): Plan {
  const [table, entry, warnings] = [tableOf(args), readEntry(args), warningsOf(args)];
  const what = `change the ${table.title}`;
  const finish = (
    changed: boolean,
    lines: readonly string[],
    more: { diff?: Diff; backup?: string | undefined } = {},
  ) =>
    done({
      changed,
      returns: {
        ...cronNames(lines),
        ...(warnings.length > 0 && { warnings }),
        ...(args.cron_file !== undefined && { cron_file: plain(args.cron_file) }),
        ...(more.backup !== undefined && { backup_file: more.backup }),
      },
      ...(more.diff !== undefined && { diff: more.diff }),
    });
  return {
    script: look(table, entry),
    interpret(output) {
      const found = readFields(output, what);
      const text = found.get('text') ?? '';
      const lines = cronLines(text);
      if (found.get('changed') === '0') return finish(false, lines);
      const edited = edit(lines, entry);
      const after = cronText(edited);
      if (after === lines.map((line) => `${line}\n`).join('') && /(?:^|\n)$/.test(text))
        return finish(false, lines);
      const removed = table.file !== undefined && after === '';
      const headers = { beforeHeader: table.title, afterHeader: removed ? '/dev/null' : table.title };
      const diff = diffMode ? { diff: { before: text, after, ...headers } } : {};
      if (checkMode) return finish(true, edited, diff);
      const before = found.get('there') === '1' ? text : undefined;
      const interpret = (answer: RemoteOutput) =>
        finish(true, edited, { ...diff, backup: readFields(answer, what).get('backup_file') });
      return { plan: { ...act(table, { before, after }, args.backup), interpret } };
    },
  };
}

export const cron = defineModule({
  name: 'cron',
  summary: 'Keeps jobs and variables in a crontab or a file of /etc/cron.d.',
  checkMode: 'supported',
  options: cronOptions,
  rules: { mutuallyExclusive: [['insertafter', 'insertbefore']] },
  examples: `
- cron:
    name: renew the certificates
    minute: '17'
    hour: '3'
    job: /usr/local/bin/renew >/dev/null
`,
  returns: {
    jobs: 'The names of the jobs.',
    envs: 'The names of the variables.',
    cron_file: 'The file, when one was named.',
    backup_file: 'Where the old crontab went.',
  },
  run(args, context) {
    return { plan: bring(args, context) };
  },
});
