import type { Value } from '@tenon/jinja/values';
import { InventoryError } from '../inventory/inventory-error.js';
import { readDataFile, readVarsFile } from '../vars/vars-file.js';
import { VaultError } from '../vault/vault-error.js';
import { SourceError, type SourceFiles } from './source-files.js';
import type { YamlNode } from './yaml.js';

function orSourceError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InventoryError || error instanceof VaultError) throw new SourceError(error.message);
    throw error;
  }
}

/** A YAML or JSON file as a tree; undefined when it is empty. Throws SourceError. */
export function readData(files: SourceFiles, path: string): YamlNode | undefined {
  return orSourceError(() => readDataFile(path, files.text(path), { decrypt: files.decrypt }));
}

/** The variables of a file of variables. Throws SourceError. */
export function readVariables(files: SourceFiles, path: string): ReadonlyMap<string, Value> {
  return orSourceError(() => readVarsFile(path, files.text(path), { decrypt: files.decrypt }));
}
