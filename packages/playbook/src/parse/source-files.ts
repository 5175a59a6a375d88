import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Decrypt } from '../vault/decrypt.js';
import { VaultError } from '../vault/vault-error.js';
import { isVaulted } from '../vault/vault.js';

/** A file that cannot be read, or must not be. The text says which and why. */
export class SourceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SourceError';
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/**
 * The YAML files that a run reads: playbooks, tasks, roles, variables. `confined`: nothing outside of the playbook's folder
 * is read, links included, because the people who choose a playbook are not the owners of the machine that runs it.
 */
export class SourceFiles {
  /** Every file that was read, in order. */
  readonly seen = new Set<string>();

  constructor(
    readonly root: string,
    readonly confined: boolean,
    /** Opens vaulted files and values. */
    readonly decrypt?: Decrypt | undefined,
  ) {}

  /** Throws SourceError. */
  text(path: string): string {
    const full = resolve(path);
    try {
      const real = realpathSync(full);
      this.checkBounds(full, real);
      this.seen.add(full);
      return this.opened(path, readFileSync(real, 'utf8'));
    } catch (error) {
      if (error instanceof SourceError) throw error;
      if (error instanceof VaultError) throw new SourceError(`cannot read ${path}: ${error.message}`);
      throw new SourceError(`cannot read ${path}: ${codeOf(error)}`);
    }
  }

  kind(path: string): 'file' | 'folder' | undefined {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    return found.isDirectory() ? 'folder' : 'file';
  }

  /** The names in a folder, sorted. Throws SourceError. */
  names(folder: string): string[] {
    this.checkBounds(folder, realpathSync(folder));
    return readdirSync(folder).sort();
  }

  private opened(path: string, text: string): string {
    return this.decrypt !== undefined && isVaulted(text) ? this.decrypt(text, path) : text;
  }

  private checkBounds(path: string, real: string): void {
    if (!this.confined) return;
    const root = realpathSync(this.root);
    if (real === root || real.startsWith(`${root}${sep}`)) return;
    throw new SourceError(`refused: ${path} is outside of the playbook's folder; put the file into it`);
  }
}
