import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CallContext } from '@tenon/jinja/call-context';
import type { Lookup } from '@tenon/jinja/environment';
import { LookupError } from '@tenon/jinja/errors';
import { characters, integer } from '@tenon/jinja/python/convert';
import { MersenneTwister } from '@tenon/jinja/python/mersenne-twister';
import { positional } from '@tenon/jinja/signature';
import { isStr } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { readTerm, type Options } from './inline-options.js';
import { refuseConfined, trustedTerm } from './refuse.js';
import type { SearchPath } from './search-path.js';

const OPTIONS = ['length', 'encrypt', 'chars', 'ident', 'seed'];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** The names of Python's module `string`. */
const SETS: Readonly<Record<string, string>> = {
  ascii_letters: LETTERS + LETTERS.toUpperCase(),
  ascii_lowercase: LETTERS,
  ascii_uppercase: LETTERS.toUpperCase(),
  digits: '0123456789',
  hexdigits: '0123456789abcdefABCDEF',
  octdigits: '01234567',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  whitespace: ' \t\n\r\v\f',
};
const DEFAULT_SETS = ['ascii_letters', 'digits', '.,:-_'];
const NOWHERE = '/dev/null';
const SALT = './0123456789' + LETTERS.toUpperCase() + LETTERS;

function setsOf(chars: Value | undefined): string[] {
  if (chars === undefined || chars === null) return DEFAULT_SETS;
  if (!isStr(chars)) return Array.isArray(chars) ? chars.map(characters) : DEFAULT_SETS;
  const written = characters(chars);
  const comma = written.includes(',,') ? [','] : [];
  return [...comma, ...written.replaceAll(',,', ',').split(',')].filter((part) => part !== '');
}

function randomText(length: number, alphabet: string, seed: Value | undefined): string {
  const characterSet = Array.from(alphabet);
  if (characterSet.length === 0)
    throw new LookupError('the password has no characters to choose from', 'give chars');
  const twister = seed === undefined || seed === null ? undefined : new MersenneTwister(seed);
  const next = (): number =>
    twister === undefined
      ? randomInt(characterSet.length)
      : Number(twister.below(BigInt(characterSet.length)));
  return Array.from({ length }, () => characterSet[next()] ?? '').join('');
}

interface Stored {
  readonly password: string;
  readonly salt: string | undefined;
}

function read(file: string): Stored | undefined {
  if (file === NOWHERE || !existsSync(file)) return undefined;
  const content = readFileSync(file, 'utf8').trimEnd();
  const [, password = content, salt] = /^(.*) salt=(.*?)(?: ident=.*)?$/s.exec(content) ?? [];
  return { password, salt };
}

/** The file is the owner's alone, as it holds the password in clear. */
function write(file: string, { password, salt }: Stored, confined: boolean): void {
  if (file === NOWHERE) return;
  refuseConfined('password', confined, 'write a file');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${password}${salt === undefined ? '' : ` salt=${salt}`}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

function create(options: Options): string {
  const alphabet = setsOf(options.get('chars'))
    .map((set) => SETS[set] ?? set)
    .join('')
    .replaceAll(/["']/g, '');
  const length = options.get('length') ?? 20;
  const count = isStr(length) ? Number(characters(length)) : integer(length);
  return randomText(count, alphabet, options.get('seed'));
}

function fileOf(name: string, path: SearchPath): string {
  const file = resolve(path.base, name);
  if (file !== NOWHERE && existsSync(file)) path.assertInside(file);
  return file;
}

function passwordOf(
  term: string,
  given: Options,
  at: { path: SearchPath; confined: boolean; context: CallContext },
): Value {
  const { key, options } = readTerm('password', term, given, OPTIONS);
  const file = fileOf(key, at.path);
  const stored = read(file);
  const encrypt = options.get('encrypt') ?? null;
  const password = stored?.password ?? create(options);
  const salt = stored?.salt ?? (encrypt === null ? undefined : randomText(16, SALT, null));
  if (stored === undefined || salt !== stored.salt) write(file, { password, salt }, at.confined);
  if (encrypt === null) return password;
  return at.context.callFilter('password_hash', password, positional(encrypt, salt ?? null));
}

/** Ansible's `password`: the password in a file, which is made when there is none. */
export function password(path: SearchPath, confined: boolean): Lookup {
  return ({ positional: terms, named }, context) =>
    terms.map((term) => passwordOf(trustedTerm('password', term), named, { path, confined, context }));
}
