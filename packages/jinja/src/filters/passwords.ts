import { randomInt } from 'node:crypto';
import { OperandError } from '../errors.js';
import { integer, text } from '../python/convert.js';
import { characters } from '../python/convert.js';
import { define, type Operation } from '../signature.js';
import { carryTaint, plain } from '../text.js';
import { SHA_256, SHA_512, shaCrypt } from './sha-crypt.js';

const SALT_CHARACTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SALT_LENGTH = 16;

const VARIANTS: Partial<Record<string, typeof SHA_512>> = {
  sha256: SHA_256,
  sha256_crypt: SHA_256,
  sha512: SHA_512,
  sha512_crypt: SHA_512,
};

function randomSalt(length: number): string {
  return Array.from({ length }, () => SALT_CHARACTERS.charAt(randomInt(SALT_CHARACTERS.length))).join('');
}

/** Ansible's `password_hash`: SHA-512-crypt unless sha256 is asked for; a random salt unless one is given. */
export const passwordFilters: Record<string, Operation> = {
  password_hash: define(['hashtype', 'salt', 'salt_size', 'rounds', 'ident'], (input, args) => {
    const [type = 'sha512', salt = null, size = null, rounds = null] = args;
    const variant = VARIANTS[characters(type)];
    if (variant === undefined)
      throw new OperandError(`password_hash does not know '${characters(type)}'`, 'use sha512 or sha256');
    const password = text(input);
    const given = salt === null ? randomSalt(size === null ? SALT_LENGTH : integer(size)) : text(salt);
    if (!/^[./\dA-Za-z]*$/.test(plain(given)))
      throw new OperandError('invalid characters in salt', 'use letters, digits, . and /');
    const hashed = shaCrypt(variant, plain(password), plain(given), rounds === null ? null : integer(rounds));
    return carryTaint(hashed, password, given);
  }),
};
