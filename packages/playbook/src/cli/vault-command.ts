import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../config/config.js';
import { decryptVault, encryptVault, isVaulted, type VaultSecrets } from '../vault/vault.js';
import { CommandError, EXIT } from './exit-code.js';
import type { Invocation } from './invocation.js';
import type { CliOption } from './options/option.js';
import { UsageError } from './options/option.js';
import { parseOptions } from './options/parse-options.js';
import type { ParsedOptions } from './options/parsed-options.js';
import { help, type CommandDescription } from './options/usage.js';
import { askSecret } from './passwords.js';
import { vaultSecrets } from './vault-secrets.js';

const OPTIONS: readonly CliOption[] = [
  { flags: ['-h', '--help'], kind: 'flag', help: 'show this help message and exit' },
  { flags: ['--vault-id'], kind: 'list', metavar: 'VAULT_IDS', help: 'label@file or label@prompt' },
  {
    flags: ['--vault-password-file', '--vault-pass-file'],
    kind: 'list',
    metavar: 'FILE',
    help: 'read the vault password, or run a script for it',
  },
  {
    flags: ['-J', '--ask-vault-password', '--ask-vault-pass'],
    kind: 'flag',
    help: 'ask for the vault password',
  },
  { flags: ['--encrypt-vault-id'], kind: 'text', metavar: 'VAULT_ID', help: 'the password to encrypt with' },
  { flags: ['--output'], kind: 'text', metavar: 'FILE', help: 'write there; - is stdout' },
  { flags: ['-n', '--name'], kind: 'text', metavar: 'NAME', help: 'of encrypt_string: the variable' },
];

/** `tenon-vault`. */
export const VAULT: CommandDescription = {
  name: 'tenon-vault',
  operands: '{encrypt,decrypt,view,encrypt_string} [FILE or TEXT ...]',
  summary: 'Encrypts and decrypts files as ansible-vault does. A file "-" is stdin.',
  options: OPTIONS,
};

interface Job {
  readonly parsed: ParsedOptions;
  readonly invocation: Invocation;
  readonly secrets: VaultSecrets;
}

async function readFrom(file: string, { cwd, readInput }: Invocation): Promise<Buffer> {
  if (file === '-') return readInput();
  try {
    return readFileSync(resolve(cwd, file));
  } catch {
    throw new CommandError(`${resolve(cwd, file)} does not exist or cannot be read`);
  }
}

function writeTo(file: string, content: Buffer | string, { cwd, write }: Invocation): void {
  if (file === '-') write(content.toString());
  else writeFileSync(resolve(cwd, file), content, { mode: 0o600 });
}

function secretToEncryptWith({ parsed, secrets }: Job) {
  const wanted = parsed.text('encrypt-vault-id');
  const found = wanted === undefined ? secrets[0] : secrets.find(({ label }) => label === wanted);
  if (found === undefined)
    throw new CommandError(
      `Did not find a match for --encrypt-vault-id=${wanted ?? ''} in the known vault-ids`,
      EXIT.options,
    );
  return found;
}

async function encrypt(file: string, job: Job): Promise<string> {
  const content = await readFrom(file, job.invocation);
  if (isVaulted(content.toString('latin1'))) throw new CommandError('input is already encrypted');
  return encryptVault(content, secretToEncryptWith(job));
}

async function decrypt(file: string, job: Job): Promise<Buffer> {
  const content = await readFrom(file, job.invocation);
  if (!isVaulted(content.toString('latin1')))
    throw new CommandError(
      `input is not vault encrypted data${file === '-' ? '' : ` for ${resolve(job.invocation.cwd, file)}`}`,
    );
  return decryptVault(content.toString('latin1'), job.secrets, file);
}

function encryptString(text: string, job: Job): string {
  const name = job.parsed.text('name');
  const margin = ' '.repeat(10);
  const lines = encryptVault(text, secretToEncryptWith(job)).trimEnd().split('\n');
  return `${name === undefined ? '' : `${name}: `}!vault |\n${lines.map((line) => margin + line).join('\n')}\n`;
}

async function convertFiles(files: readonly string[], job: Job, convert: typeof encrypt | typeof decrypt) {
  const output = job.parsed.text('output');
  if (output !== undefined && files.length > 1)
    throw new CommandError('At most one input file may be used with the --output option', EXIT.options);
  for (const file of files) writeTo(output ?? file, await convert(file, job), job.invocation);
}

async function act(action: string, operands: readonly string[], job: Job): Promise<void> {
  const { write } = job.invocation;
  const files = operands.length === 0 ? ['-'] : operands;
  if (action === 'encrypt') await convertFiles(files, job, encrypt);
  else if (action === 'decrypt') await convertFiles(files, job, decrypt);
  else if (action === 'view') for (const file of files) write((await decrypt(file, job)).toString());
  else if (action === 'encrypt_string') {
    const texts = operands.length === 0 ? [(await job.invocation.readInput()).toString()] : operands;
    for (const text of texts) write(encryptString(text, job));
  } else throw new UsageError(`argument action: invalid choice: '${action}'`);
}

/** Runs one action of `tenon-vault`. Rejects with UsageError, CommandError, VaultError. */
export async function runVault(invocation: Invocation): Promise<number> {
  const parsed = parseOptions(OPTIONS, invocation.words);
  const [action, ...operands] = parsed.positionals;
  if (parsed.has('help')) {
    invocation.write(`${help(VAULT)}\n`);
    return EXIT.fine;
  }
  if (action === undefined) throw new UsageError('the following arguments are required: action');
  const config = readConfig(invocation.env, invocation.cwd);
  let secrets = await vaultSecrets(parsed, config, invocation);
  if (secrets.length === 0)
    secrets = [{ label: 'default', password: Buffer.from(await askSecret(invocation, 'Vault password: ')) }];
  await act(action, operands, { parsed, invocation, secrets });
  return EXIT.fine;
}
