import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { decryptVault, type VaultSecrets } from '../vault/vault.js';
import type { Decrypt } from '../vault/decrypt.js';
import { readVaultId, readVaultSecrets, type VaultSource } from '../vault/vault-password.js';
import type { EngineConfig } from '../config/config.js';
import type { Invocation } from './invocation.js';
import type { ParsedOptions } from './options/parsed-options.js';
import { askSecret } from './passwords.js';

const expandHome = (path: string) => path.replace(/^~(?=\/)/, homedir());

/** Where vault passwords come from: the options', then the configuration's. */
function sourcesOf(parsed: ParsedOptions, config: EngineConfig, cwd: string): VaultSource[] {
  const files = [...parsed.list('vault-password-file')];
  const identities = [...config.vaultIdentityList, ...parsed.list('vault-id')];
  if (files.length === 0 && identities.length === 0 && config.vaultPasswordFile !== undefined)
    files.push(config.vaultPasswordFile);
  const asked = parsed.has('ask-vault-password') || config.askVaultPass;
  const below = ({ label, source }: VaultSource): VaultSource => ({
    label,
    source: source === 'prompt' ? source : { file: resolve(cwd, expandHome(source.file)) },
  });
  return [
    ...identities.map(readVaultId).map(below),
    ...files.map((file) => below({ label: 'default', source: { file } })),
    ...(asked ? [{ label: 'default', source: 'prompt', question: 'Vault password: ' } as const] : []),
  ];
}

/** The vault passwords of a command. Rejects with VaultError and CommandError. */
export async function vaultSecrets(
  parsed: ParsedOptions,
  config: EngineConfig,
  invocation: Invocation,
): Promise<VaultSecrets> {
  return readVaultSecrets(sourcesOf(parsed, config, invocation.cwd), (question) =>
    askSecret(invocation, question),
  );
}

/** Undefined when there is no password. */
export function decrypting(secrets: VaultSecrets): Decrypt | undefined {
  if (secrets.length === 0) return undefined;
  return (vaulted, file) => decryptVault(vaulted, secrets, file).toString();
}
