import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isExecutable, isProgram } from '../config/program.js';
import { decryptVault, isVaulted, type VaultSecret, type VaultSecrets } from './vault.js';
import { VaultError } from './vault-error.js';

/** Exit code by which a client script says that it does not know a vault id. */
const UNKNOWN_ID = 2;

/** Where one vault password comes from: `--vault-id label@source`, `--vault-password-file`, `--ask-vault-password`. */
export interface VaultSource {
  readonly label: string;
  /** A file, an executable one too; or the person at the terminal. */
  readonly source: { readonly file: string } | 'prompt';
  /** The question's text. @default `Vault password (label): ` */
  readonly question?: string;
}

/** Asks the person at the terminal, without showing the answer. */
type AskPassword = (question: string) => Promise<string>;

/** Reads `label@source`, `source` or `label@prompt`, as `--vault-id` and `vault_identity_list` have it. */
export function readVaultId(written: string): VaultSource {
  const at = written.indexOf('@');
  const label = at > 0 ? written.slice(0, at) : 'default';
  const source = written.slice(at + 1);
  return { label, source: source === 'prompt' ? 'prompt' : { file: source } };
}

function notRunning(path: string, why: string): VaultError {
  const advice = 'If this is not a script, remove the executable bit from the file.';
  return new VaultError(`Problem running vault password script ${path} (${why}). ${advice}`);
}

/** A script whose name ends in `-client` is told the vault id. */
function runScript(path: string, label: string): Buffer {
  if (!isProgram(path)) throw notRunning(path, 'Exec format error');
  const isClient = /-client$/.test(basename(path).replace(/(?<=.)\.[^.]*$/, ''));
  const found = spawnSync(path, isClient ? ['--vault-id', label] : [], {
    stdio: ['inherit', 'pipe', isClient ? 'pipe' : 'inherit'],
  });
  if (found.error !== undefined) throw notRunning(path, found.error.message);
  if (isClient && found.status === UNKNOWN_ID)
    throw new VaultError(
      `Vault password client script ${path} did not find a secret for vault-id=${label}: ${found.stderr.toString()}`,
    );
  if (found.status !== 0)
    throw new VaultError(`Vault password script ${path} returned non-zero (${String(found.status)})`);
  return found.stdout;
}

function stripLineEnds(password: Buffer): Buffer {
  return Buffer.from(password.toString('latin1').replaceAll(/^[\r\n]+|[\r\n]+$/g, ''), 'latin1');
}

function readPasswordFile(path: string, label: string, known: VaultSecrets): Buffer {
  if (!existsSync(path)) throw new VaultError(`The vault password file ${path} was not found`);
  if (isExecutable(path)) return stripLineEnds(runScript(path, label));
  const text = readFileSync(path, 'latin1').trim();
  // A password file may itself be vaulted with a password that was given before it.
  return isVaulted(text) ? stripLineEnds(decryptVault(text, known, path)) : Buffer.from(text, 'latin1');
}

/**
 * Fetches the passwords of a run, in their order. Rejects with VaultError, in Ansible's words, for a file that is
 * missing or empty and a script that fails. Paths are below the working directory.
 */
export async function readVaultSecrets(
  sources: readonly VaultSource[],
  ask: AskPassword,
): Promise<VaultSecrets> {
  const secrets: VaultSecret[] = [];
  for (const { label, source, question = `Vault password (${label}): ` } of sources) {
    const path = source === 'prompt' ? undefined : resolve(source.file);
    const password =
      path === undefined ? Buffer.from((await ask(question)).trim()) : readPasswordFile(path, label, secrets);
    if (password.length === 0) {
      const from = path === undefined ? '' : ` from file (${path})`;
      throw new VaultError(`Invalid vault password was provided${from}`);
    }
    secrets.push({ label, password });
  }
  return secrets;
}
