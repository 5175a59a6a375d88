import { randomBytes } from 'node:crypto';
import { seal, unseal, type Sealed } from './vault-cipher.js';
import { VaultError } from './vault-error.js';

/** A vault password and the vault id it goes by. */
export interface VaultSecret {
  /** `default` when it was given without one. */
  readonly label: string;
  readonly password: Buffer;
}

/** The passwords of a run, the ones to try first in front. */
export type VaultSecrets = readonly VaultSecret[];

const HEADER = '$ANSIBLE_VAULT';
const SALT_BYTES = 32;
const LINE_LENGTH = 80;

/** Whether a file's text, or a value, is encrypted by ansible-vault. */
export function isVaulted(text: string): boolean {
  return text.startsWith(HEADER);
}

function fromHex(digits: string): Buffer {
  if (digits.length % 2 === 1 || /[^\da-fA-F]/.test(digits)) {
    throw new VaultError('Vault format unhexlify error: Non-hexadecimal digit found');
  }
  return Buffer.from(digits, 'hex');
}

interface Envelope extends Sealed {
  /** The vault id that format 1.2 names. */
  readonly label: string | undefined;
}

function openEnvelope(text: string): Envelope {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const [, version, cipher, label] = header.split(';').map((part) => part.trim());
  if (version === undefined || cipher === undefined)
    throw new VaultError('Vault envelope format error: the first line names no version and no cipher');
  if (cipher !== 'AES256') throw new VaultError(`${cipher} cipher could not be found`);
  const body = fromHex(lines.map((line) => line.trim()).join('')).toString('latin1');
  const [salt, hmac, ciphertext] = body.split('\n');
  if (salt === undefined || hmac === undefined || ciphertext === undefined)
    throw new VaultError('Vault vaulttext format error: not enough values to unpack');
  return { label, salt: fromHex(salt), hmac: fromHex(hmac), ciphertext: fromHex(ciphertext) };
}

/**
 * What ansible-vault encrypted (formats 1.1 and 1.2). The secret of the text's vault id is tried first, then all
 * others: a vault id is a hint and not a promise. Throws VaultError, in Ansible's words; `file` is named in them.
 */
export function decryptVault(text: string, secrets: VaultSecrets, file?: string): Buffer {
  const where = file === undefined ? '' : ` on ${file}`;
  if (!isVaulted(text)) throw new VaultError(`input is not vault encrypted data${where}`);
  if (secrets.length === 0) throw new VaultError('Attempting to decrypt but no vault secrets found');
  const envelope = openEnvelope(text);
  const isNamed = (secret: VaultSecret) => secret.label === envelope.label;
  const ordered = [...secrets.filter(isNamed), ...secrets.filter((secret) => !isNamed(secret))];
  for (const { password } of ordered) {
    const plaintext = unseal(envelope, password);
    if (plaintext !== undefined) return plaintext;
  }
  throw new VaultError(`Decryption failed (no vault secrets were found that could decrypt)${where}`);
}

/**
 * Encrypts as ansible-vault does; format 1.2 when the secret has a vault id of its own, else 1.1. A `salt` that is given makes
 * the same text of the same password again, which is weaker than a random one.
 */
export function encryptVault(
  plaintext: Buffer | string,
  { label, password }: VaultSecret,
  salt = randomBytes(SALT_BYTES),
): string {
  const sealed = seal(Buffer.from(plaintext), password, salt);
  const inner = [sealed.salt, sealed.hmac, sealed.ciphertext].map((part) => part.toString('hex')).join('\n');
  const lines =
    Buffer.from(inner)
      .toString('hex')
      .match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  const header = label === 'default' ? `${HEADER};1.1;AES256` : `${HEADER};1.2;AES256;${label}`;
  return [header, ...lines, ''].join('\n');
}
