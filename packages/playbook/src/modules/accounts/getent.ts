import { hasTaint, plain } from '@tenon/jinja/text';
import { fromJs, markUnsafe } from '@tenon/jinja/values';
import { quote } from '../../shell/quote.js';
import { splitLines } from '../commands/output-text.js';
import { defineModule, done, failure, ModuleError } from '../module.js';

/** Databases whose fields are parted by colons; those of the others by blanks. */
const COLON = new Set(['passwd', 'shadow', 'group', 'gshadow']);

const REASONS: Readonly<Record<number, string>> = {
  1: 'Missing arguments, or database unknown.',
  2: 'One or more supplied key could not be found in the database.',
  3: 'Enumeration not supported on this database.',
  127: 'Failed to find required executable "getent"',
};

function fieldsOf(line: string, separator: string | undefined): string[] {
  return separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
}

/** The other fields of every line by its first one; a list of such lists for a first field that comes more than once. */
function entriesOf(text: string, separator: string | undefined): Record<string, unknown> {
  const found = new Map<string, string[][]>();
  for (const line of splitLines(text)) {
    const [key = '', ...rest] = fieldsOf(line, separator);
    found.set(key, [...(found.get(key) ?? []), rest]);
  }
  return Object.fromEntries([...found].map(([key, lists]) => [key, lists.length === 1 ? lists[0] : lists]));
}

export const getent = defineModule({
  name: 'getent',
  summary: 'Looks up users, groups, hosts and services as the machine sees them.',
  checkMode: 'supported',
  options: {
    database: { type: 'str', required: true, help: 'passwd, group, hosts, services …' },
    key: { type: 'str', help: 'What to look up. Default: everything.' },
    fail_key: { type: 'bool', default: true, help: 'Fail when the key is not there.' },
    service: { type: 'str', help: 'Where to look, instead of what nsswitch.conf says.' },
    split: { type: 'str', help: 'What parts the fields. Default: as the database has it.' },
  },
  examples: `
- getent:
    database: passwd
    key: root
- debug:
    var: ansible_facts.getent_passwd.root
`,
  returns: { ansible_facts: 'getent_DATABASE: the fields of every entry by its first field.' },
  run(args) {
    const [database, key] = [plain(args.database), args.key === undefined ? undefined : plain(args.key)];
    if (!/^\w+$/.test(database) || hasTaint(args.database))
      throw new ModuleError(`${JSON.stringify(database)} is no name of a database`);
    const separator = args.split === undefined ? (COLON.has(database) ? ':' : undefined) : plain(args.split);
    const service = args.service === undefined ? '' : ` -s ${quote(plain(args.service))}`;
    const name = `getent_${database}`;
    const answer = (entries: Record<string, unknown>, msg?: string) =>
      done({
        changed: false,
        gathered: new Map([[name, markUnsafe(fromJs(entries))]]),
        returns: { ansible_facts: { [name]: entries } },
        ...(msg !== undefined && { msg }),
      });
    return {
      plan: {
        script: `getent${service} -- ${database}${key === undefined ? '' : ` ${quote(key)}`}`,
        interpret({ rc, stdout, stderr }) {
          if (rc === 0) return answer(entriesOf(stdout.toString(), separator));
          if (rc === 2 && key !== undefined && !args.fail_key) return answer({ [key]: null }, REASONS[2]);
          return failure(REASONS[rc] ?? (stderr.toString().trim() || 'Unexpected failure!'));
        },
      },
    };
  },
});
