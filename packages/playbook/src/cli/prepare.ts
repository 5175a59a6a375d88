import { readConfig, type EngineConfig } from '../config/config.js';
import type { Inventory } from '../inventory/inventory.js';
import { loadInventory } from '../inventory/load-inventory.js';
import { matchHosts } from '../inventory/match-hosts.js';
import type { Decrypt } from '../vault/decrypt.js';
import { CommandError } from './exit-code.js';
import { readExtraVars } from './extra-vars.js';
import type { Invocation } from './invocation.js';
import { readLimit } from './limit.js';
import type { ParsedOptions } from './options/parsed-options.js';
import { openOutput, type Output } from './output/output.js';
import { decrypting, vaultSecrets } from './vault-secrets.js';

/** Everything that a command knows before it does its work. */
export interface Prepared {
  readonly parsed: ParsedOptions;
  readonly invocation: Invocation;
  readonly config: EngineConfig;
  readonly output: Output;
  readonly decrypt: Decrypt | undefined;
  readonly extraVars: Readonly<Record<string, unknown>>;
  readonly inventory: Inventory;
  /** The pattern of `--limit`. */
  readonly limit: string | undefined;
  /** Reads the inventory again. */
  readonly rereadInventory: () => Promise<Inventory>;
}

/** The hosts within `--limit`; undefined without one. Throws CommandError when none is left, in Ansible's words. */
function checkLimit({ limit, inventory, output }: Pick<Prepared, 'limit' | 'inventory' | 'output'>): void {
  if (limit === undefined || inventory.hosts.length === 0) return;
  const onMismatch = (pattern: string) =>
    output.warnings.warn(`Could not match supplied host pattern, ignoring: ${pattern}`);
  if (matchHosts(limit, inventory, { onMismatch }).length === 0)
    throw new CommandError(
      'Specified inventory, host pattern and/or --limit leaves us with no hosts to target.',
    );
}

/**
 * Reads configuration, passwords of the vault, variables and inventory. Rejects with CommandError, ConfigError,
 * InventoryError and VaultError.
 */
export async function prepare(
  parsed: ParsedOptions,
  invocation: Invocation,
  callback?: string,
): Promise<Prepared> {
  const config = readConfig(invocation.env, invocation.cwd);
  const output = openOutput({ parsed, invocation, config, ...(callback !== undefined && { callback }) });
  const warn = (text: string) => output.warnings.warn(text);
  config.warnings.forEach(warn);
  const decrypt = decrypting(await vaultSecrets(parsed, config, invocation));
  const extraVars = readExtraVars(parsed.list('extra-vars'), { cwd: invocation.cwd, decrypt });
  const given = parsed.list('inventory');
  const sources = given.length > 0 ? given : config.inventory;
  const rereadInventory = () =>
    loadInventory(sources, {
      ...{ cwd: invocation.cwd, decrypt, warn },
      failOnUnparsed: config.inventoryAnyUnparsedIsFailed,
      ignoredExtensions: config.inventoryIgnoreExtensions,
    });
  const inventory = await rereadInventory();
  if (inventory.hosts.length === 0 && config.localhostWarning)
    warn(
      "provided hosts list is empty, only localhost is available. Note that the implicit localhost does not match 'all'",
    );
  const written = parsed.text('limit');
  const limit = written === undefined ? undefined : readLimit(written, invocation.cwd);
  checkLimit({ limit, inventory, output });
  return { parsed, invocation, config, output, decrypt, extraVars, inventory, limit, rereadInventory };
}
