import { plain } from '@tenon/jinja/text';
import { quote } from '../../shell/quote.js';
import { ModuleError } from '../module.js';
import type { UserArguments } from './user-options.js';

const DISABLED = new Set(['*', '!', '*************']);
const HASH_LENGTHS: Readonly<Record<string, number>> = { '1': 22, '5': 43, '6': 86 };

/** Whether crypt(3) could have made this; Ansible warns when not, because a clear password would be stored as it is. */
export function looksHashed(password: string): boolean {
  if (password === '' || DISABLED.has(password)) return true;
  const fields = password.split('$');
  const hash = fields.at(-1) ?? '';
  const length = HASH_LENGTHS[fields[1] ?? ''];
  return (
    !/[:*!]/.test(password) &&
    fields.length >= 3 &&
    /^[a-zA-Z0-9./=]*$/.test(hash) &&
    (length === undefined || hash.length === length)
  );
}

/** The hash as /etc/shadow will have it. Throws ModuleError, without the value, for what would be two fields or lines there. */
function storedHash(args: UserArguments): string | undefined {
  if (args.password === undefined) return undefined;
  if (/[:\n\r]/.test(plain(args.password)))
    throw new ModuleError('password is no hash: it has a colon or a line end in it');
  return `${args.password_lock === true ? '!' : ''}${plain(args.password)}`;
}

/** Text that stores the hash; chpasswd reads it from stdin, so that it is in no process list. */
export function setPassword(args: UserArguments): string {
  const hash = storedHash(args);
  if (hash === undefined) return '';
  return `said=$(printf '%s:%s\\n' "$n" ${quote(hash)} | chpasswd -e 2>&1) || fail "$said"; `;
}

/**
 * Text that compares the stored hash (`$p`) with what is wanted and leaves in `$password` what to do: set, lock, unlock or
 * nothing. A "!" in front locks a hash and is no part of it.
 */
export function comparePassword(args: UserArguments): string {
  const locking =
    args.password_lock === undefined
      ? ''
      : args.password_lock
        ? `case $p in '!'*) ;; *) password=lock ;; esac; `
        : `case $p in '!'*) password=unlock ;; esac; `;
  const hash =
    args.update_password === 'always' && args.password !== undefined ? plain(args.password) : undefined;
  const bare =
    hash === undefined
      ? ''
      : `b=$p; while :; do case $b in '!'*) b=\${b#?} ;; *) break ;; esac; done; ` +
        `[ "$b" = ${quote(hash.replace(/^!+/, ''))} ] || password=set; `;
  return `password=; ${locking}${bare}`;
}
