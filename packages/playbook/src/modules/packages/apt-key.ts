import { hasTaint, plain } from '@tenon/jinja/text';
import { pathWord } from '../../shell/path-word.js';
import { quote } from '../../shell/quote.js';
import { defineModule, done, ModuleError, type ModuleContext, type Step } from '../module.js';
import type { Arguments } from '../options.js';
import { END, FIELDS, readFields } from '../script-fields.js';

const options = {
  id: { type: 'str', help: 'The key: 8, 16 or more hexadecimal digits. Default: read from the key itself.' },
  data: { type: 'str', help: 'The key itself.' },
  file: { type: 'path', help: 'A file on the machine that has the key.' },
  url: { type: 'str', help: 'An address that has the key.' },
  keyserver: { type: 'str', help: 'A key server that has the key; needs id.' },
  keyring: { type: 'path', help: "A file for the key, instead of apt's own." },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], help: 'Whether apt trusts it.' },
  validate_certs: { type: 'bool', default: true, help: 'Whether the certificate of url must be right.' },
} as const;

type KeyArguments = Arguments<typeof options>;

/** The digits of an id. Throws ModuleError for what is none. */
function digitsOf(id: string): string {
  const digits = id.trim().replace(/^0x/i, '').toUpperCase();
  if (/^[0-9A-F]+$/.test(digits) && (digits.length === 8 || digits.length >= 16)) return digits;
  throw new ModuleError('Invalid key_id');
}

/** A word of the playbook for a program. Throws ModuleError when tenant data has a part in it. */
function trustedWord(args: KeyArguments, option: 'url' | 'keyserver'): string {
  const value = args[option];
  if (value !== undefined && hasTaint(value))
    throw new ModuleError(`refused: tenant data would be a part of ${option}`);
  const text = value === undefined ? '' : plain(value);
  if (text.startsWith('-')) throw new ModuleError(`${JSON.stringify(text)} is no ${option}`);
  return quote(text);
}

/** Text that puts the key into `$key`, a file that goes when the script ends; '' when none is needed. */
function keyStep(args: KeyArguments): string {
  if (args.file !== undefined) return `key=${pathWord(args.file, 'file')}; `;
  if (args.data === undefined && args.url === undefined) return '';
  const temporary = `work=$(mktemp -d) || fail 'no temporary folder can be made'; trap 'rm -rf "$work"' EXIT; key=$work/key; `;
  if (args.data !== undefined) return `${temporary}printf '%s\\n' ${quote(plain(args.data))} >"$key"; `;
  const url = trustedWord(args, 'url');
  const lax = args.validate_certs
    ? ''
    : '-o Acquire::https::Verify-Peer=false -o Acquire::https::Verify-Host=false ';
  return `${temporary}said=$(/usr/lib/apt/apt-helper ${lax}download-file ${url} "$key" 2>&1) || fail ${quote(`Failed to download key at ${plain(args.url ?? '')}: `)}"$said"; `;
}

/**
 * The numbers of keys and their parts, as apt-key shows them, and as gpg shows a file. Expired ones do not count.
 */
const LISTS =
  `keys() { apt-key $ring adv --list-public-keys --keyid-format=long 2>/dev/null | sed -n '/expired/d; s#^[ps]ub *[^/ ]*/\\([0-9A-F]*\\).*#\\1#p'; }; ` +
  `first_id() { gpg --with-colons -- "$1" 2>/dev/null | sed -n 's/^[ps]ub:[^:]*:[^:]*:[^:]*:\\([^:]*\\):.*/\\1/p' | { read -r i && printf %s "$i"; }; }; ` +
  `has() { case $N$1 in *"$(printf %s "$id" | tail -c 16)$N"*) ;; *) return 1 ;; esac; }; `;

function addition(args: KeyArguments): string {
  if (args.keyserver === undefined) return `apt-key $ring add "$key"`;
  return `apt-key $ring adv --no-tty --keyserver ${trustedWord(args, 'keyserver')} --recv "$id"`;
}

function keyScript(args: KeyArguments, id: string, checkMode: boolean): string {
  const present = plain(args.state) === 'present';
  const [test, act, problem] = present
    ? [`! has "$before"`, addition(args), 'Unable to add the key']
    : [
        `has "$before"`,
        `apt-key $ring del "$(printf %s "$id" | tail -c 8)"`,
        'Unable to remove a key with id $id',
      ];
  const proof = present
    ? `has "$after" || fail 'apt-key did not return an error, but failed to add the key (check that the id is correct and *not* a subkey)'`
    : `! has "$after" || fail 'apt-key did not return an error, but the key was not removed (check that the id is correct and *not* a subkey)'`;
  const change = checkMode
    ? ''
    : `said=$(${act} 2>&1 </dev/null) || fail "${problem}: $said"; after=$(keys)$N; ${proof}; say after "$after"; `;
  // A key that is only downloaded to be added is left where it is when apt has it.
  const [early, late] = id === '' ? [keyStep(args), ''] : ['', present ? keyStep(args) : ''];
  const ring = args.keyring === undefined ? '' : `--keyring ${pathWord(args.keyring, 'keyring')}`;
  return (
    `${FIELDS}N='\n'; export APT_KEY_DONT_WARN_ON_DANGEROUS_USAGE=1; for p in apt-key gpg; do command -v $p >/dev/null || fail "Failed to find required executable \\"$p\\" in paths: $PATH"; done; ` +
    `${LISTS.replaceAll('$ring', () => ring)}id=${id}; ${early}` +
    `[ -n "$id" ] || id=$(first_id "$key"); [ -n "$id" ] || fail ${quote(`Unable to extract key from '${args.data === undefined ? plain(args.file ?? args.url ?? '') : 'inline data'}'`)}; ` +
    `before=$(keys)$N; say id "$id"; say before "$before"; ` +
    `if ${test}; then changes=1; ${late}${change.replaceAll('$ring', () => ring)}fi; ${END}`
  );
}

/** What cannot be meant; the sentences are Ansible's. */
function checkMeaning(args: KeyArguments): void {
  if (args.id !== undefined) return;
  if (args.keyserver !== undefined) throw new ModuleError('Missing key_id, required with keyserver.');
  if (args.data === undefined && args.file === undefined && args.url === undefined)
    throw new ModuleError('key is required: give id, data, file or url');
}

function runKey(args: KeyArguments, { checkMode }: ModuleContext): Step {
  checkMeaning(args);
  const given = args.id === undefined ? '' : digitsOf(plain(args.id));
  const isShort = given.length === 8;
  return {
    plan: {
      script: keyScript(args, given, checkMode),
      isolated: true,
      interpret(output) {
        const fields = readFields(output, 'look at the keys of apt');
        const id = fields.get('id') ?? '';
        const keys = (name: string) =>
          (fields.get(name) ?? '')
            .split('\n')
            .flatMap((key) => (key === '' ? [] : [isShort ? key.slice(-8) : key]));
        return done({
          changed: fields.get('changed') === '1',
          returns: {
            ...{
              id: args.id === undefined ? id : plain(args.id),
              key_id: id,
              short_id: id.slice(-8),
              fp: id.slice(-16),
            },
            before: keys('before'),
            ...(fields.has('after') && { after: keys('after') }),
          },
        });
      },
    },
  };
}

export const aptKey = defineModule({
  name: 'apt_key',
  summary:
    'Adds and removes keys that apt trusts for every source; signed-by in the source is the better way.',
  checkMode: 'supported',
  options,
  rules: { mutuallyExclusive: [['data', 'file', 'keyserver', 'url']] },
  examples: `
- apt_key:
    url: https://apt.example.org/key.asc
    keyring: /etc/apt/trusted.gpg.d/example.gpg
`,
  returns: {
    id: 'The key as the task names it.',
    key_id: 'Its digits.',
    short_id: 'The last 8 of them.',
    fp: 'The last 16 of them.',
    before: 'The keys that apt had.',
    after: 'The keys that apt has, after a change.',
  },
  run: (args, context) => runKey(args, context),
});
