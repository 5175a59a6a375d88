import { ConfigError } from '../config/config-error.js';
import { InventoryError } from '../inventory/inventory-error.js';
import { PlaybookError } from '../parse/problem.js';
import { CancelledError } from '../transport/errors.js';
import { VaultError } from '../vault/vault-error.js';
import { CommandError, EXIT } from './exit-code.js';
import type { Invocation } from './invocation.js';
import { UsageError } from './options/option.js';
import { usage, type CommandDescription } from './options/usage.js';

/** A program of this package. */
interface Program {
  readonly description: CommandDescription;
  readonly run: (invocation: Invocation) => number | Promise<number>;
}

/** Each program is loaded when it is asked for: start-up time counts. */
async function programOf(name: string, invocation: Invocation): Promise<Program> {
  if (name === 'tenon-adhoc') {
    const { ADHOC, runAdhocCommand } = await import('./adhoc-command.js');
    return { description: ADHOC, run: runAdhocCommand };
  }
  if (name === 'tenon-vault') {
    const { VAULT, runVault } = await import('./vault-command.js');
    return { description: VAULT, run: runVault };
  }
  if (invocation.words[0] === 'lint') {
    const { LINT, runLint } = await import('./lint-command.js');
    const words = invocation.words.slice(1);
    return { description: LINT, run: () => runLint({ ...invocation, words }) };
  }
  const { PLAYBOOK, runPlaybookCommand } = await import('./playbook-command.js');
  return { description: PLAYBOOK, run: runPlaybookCommand };
}

function exitCodeOfError(error: Error): number {
  if (error instanceof CommandError) return error.exitCode;
  if (error instanceof PlaybookError) return EXIT.parser;
  if (error instanceof ConfigError) return EXIT.options;
  if (error instanceof InventoryError || error instanceof VaultError) return EXIT.error;
  return error instanceof CancelledError ? EXIT.interrupted : EXIT.unexpected;
}

function describe(error: Error, exitCode: number): string {
  if (exitCode === EXIT.interrupted) return '[ERROR]: User interrupted execution';
  if (exitCode !== EXIT.unexpected) return `ERROR! ${error.message}`;
  return `ERROR! Unexpected Exception, this is probably a bug: ${error.stack ?? error.message}`;
}

/** Runs a program; resolves with its exit code, whatever happens. */
export async function main(name: string, invocation: Invocation): Promise<number> {
  const { description, run } = await programOf(name, invocation);
  try {
    return await run(invocation);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof UsageError) {
      invocation.writeError(`${usage(description)}\n${description.name}: error: ${error.message}\n`);
      return EXIT.usage;
    }
    const exitCode = exitCodeOfError(error);
    invocation.writeError(`${describe(error, exitCode)}\n`);
    return exitCode;
  }
}
