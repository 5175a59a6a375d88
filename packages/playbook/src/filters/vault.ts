import { OperandError } from '@tenon/jinja/errors';
import { define, required, type Operation } from '@tenon/jinja/signature';
import { carryTaint, isStr, plain, type Str } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { decryptVault, encryptVault, isVaulted, type VaultSecret } from '../vault/vault.js';
import { VaultError } from '../vault/vault-error.js';

/** The vault id of what the filter encrypts (Ansible 2.14). */
const LABEL = 'filter_default';

function textOf(value: Value, what: string): Str {
  if (isStr(value)) return value;
  throw new OperandError(`${what} is no text`, 'give a text');
}

function secretOf(value: Value | undefined, label: Value | undefined): VaultSecret {
  const password = plain(textOf(required(value, 'secret'), 'the secret'));
  return { password: Buffer.from(password), label: plain(pyStr(label ?? LABEL)) };
}

function opened(text: string, secret: VaultSecret): string {
  try {
    return decryptVault(text, [secret]).toString();
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new OperandError(`Unable to decrypt: ${error.message}`, 'give the secret it was encrypted with');
  }
}

/** Ansible's filters that encrypt and decrypt a text with a secret of their own, not with the run's. */
export const vaultFilters: Readonly<Record<string, Operation>> = {
  vault: define(['secret', 'salt', 'vaultid', 'wrap_object'], (input, args) => {
    const [secret, salt, label, wrap = false] = args;
    if (wrap !== false)
      throw new OperandError('vault knows no wrap_object', 'use the text behind `!vault |` yourself');
    const data = textOf(input, 'what vault encrypts');
    const fixed = salt === undefined || salt === null ? undefined : Buffer.from(plain(pyStr(salt)));
    return encryptVault(plain(data), secretOf(secret, label), fixed);
  }),
  unvault: define(['secret', 'vaultid'], (input, [secret, label]) => {
    const text = textOf(input, 'what unvault decrypts');
    const key = secretOf(secret, label);
    return isVaulted(plain(text)) ? carryTaint(opened(plain(text), key), text) : text;
  }),
};
