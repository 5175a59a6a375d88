import { plain } from '@tenon/jinja/text';
import { fromJs, markUnsafe } from '@tenon/jinja/values';
import { defineModule, done, failure, ModuleError } from '../module.js';

interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly arch: string;
  readonly category: string;
  readonly origin: string;
  readonly source: 'apt';
}

const FIELDS = ['binary:Package', 'Version', 'Architecture', 'Section', 'Origin'];
const FORMAT = `\${db:Status-Abbrev}\t${FIELDS.map((field) => `\${${field}}`).join('\t')}\n`;

/** What dpkg knows, by name; of a foreign architecture the name has it behind a colon, as in apt. */
function readPackages(text: string, native: string): Record<string, readonly InstalledPackage[]> {
  const packages: Record<string, InstalledPackage[]> = {};
  for (const line of text.split('\n')) {
    const [status = '', full = '', version = '', arch = '', category = '', origin = ''] = line.split('\t');
    if (!/^.i/.test(status)) continue;
    const name = full.endsWith(`:${native}`) ? full.slice(0, -native.length - 1) : full;
    (packages[name] ??= []).push({ name, version, arch, category, origin, source: 'apt' });
  }
  return packages;
}

export const packageFacts = defineModule({
  name: 'package_facts',
  summary: 'Gathers what is installed, as the variable packages.',
  checkMode: 'supported',
  options: {
    manager: {
      type: 'list',
      default: ['auto'],
      help: 'Package managers to ask; apt is the one that is known.',
    },
    strategy: {
      type: 'str',
      default: 'first',
      choices: ['first', 'all'],
      help: 'Without effect: there is one package manager.',
    },
  },
  examples: `
- package_facts:
- debug:
    msg: "{{ packages['apache2'][0].version }}"
  when: "'apache2' in packages"
`,
  returns: { ansible_facts: 'packages: by name a list of name, version, arch, category, origin, source.' },
  run(args) {
    const managers = args.manager.map((manager) => plain(manager).toLowerCase());
    if (!managers.includes('auto') && !managers.includes('apt'))
      throw new ModuleError(`cannot ask ${managers.join(', ')}: only apt is known here; leave "manager" out`);
    return {
      plan: {
        script: `export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"; command -v dpkg-query >/dev/null || exit 127; dpkg --print-architecture; dpkg-query -W -f '${FORMAT}'`,
        interpret(output) {
          if (output.rc === 127)
            return failure('Could not detect a supported package manager from the following list: apt');
          if (output.rc !== 0)
            return failure(`cannot list the packages: ${output.stderr.toString().trim()}`, { rc: output.rc });
          const text = output.stdout.toString();
          const end = text.indexOf('\n');
          const packages = readPackages(text.slice(end + 1), text.slice(0, end));
          const gathered = new Map([['packages', markUnsafe(fromJs(packages))]]);
          return done({ changed: false, gathered, returns: { ansible_facts: { packages } } });
        },
      },
    };
  },
});
