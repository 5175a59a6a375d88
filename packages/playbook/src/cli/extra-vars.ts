import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pyStr, toJs } from '@tenon/jinja/values';
import { plain } from '@tenon/jinja/text';
import { KeyValueError, readPairs } from '../parse/key-value.js';
import { toValue, type YamlNode } from '../parse/yaml.js';
import { readDataFile } from '../vars/vars-file.js';
import type { Decrypt } from '../vault/decrypt.js';
import { CommandError, EXIT } from './exit-code.js';

interface ExtraVarsOptions {
  readonly cwd: string;
  readonly decrypt: Decrypt | undefined;
}

function dictionary(node: YamlNode | undefined, written: string): Record<string, unknown> {
  if (node === undefined) return {};
  if (node.kind !== 'map')
    throw new CommandError(
      `Invalid extra vars data supplied. '${written}' could not be made into a dictionary`,
      EXIT.options,
    );
  return Object.fromEntries(
    node.entries.map(({ keyValue, value }) => [plain(pyStr(keyValue)), toJs(toValue(value))]),
  );
}

function readFile(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8');
  } catch {
    throw new CommandError(
      `Unable to retrieve file contents\nCould not find or access '${resolve(cwd, path)}' on the Ansible Controller.`,
    );
  }
}

function readOne(written: string, { cwd, decrypt }: ExtraVarsOptions): Record<string, unknown> {
  if (written.startsWith('@')) {
    const path = written.slice(1);
    return dictionary(readDataFile(path, readFile(path, cwd), { decrypt }), written);
  }
  if (written.startsWith('/') || written.startsWith('.'))
    throw new CommandError(`Please prepend extra_vars filename '${written}' with '@'`, EXIT.options);
  if (/^\s*[[{]/.test(written)) return dictionary(readDataFile('<command line>', written), written);
  try {
    return Object.fromEntries(readPairs(written).options);
  } catch (error) {
    if (error instanceof KeyValueError) throw new CommandError(error.message, EXIT.options);
    throw error;
  }
}

/**
 * Reads `-e`: `key=value` gives texts, JSON, YAML and `@file` give what is written; later ones win. Throws CommandError,
 * InventoryError for a file that is no YAML, VaultError.
 */
export function readExtraVars(all: readonly string[], options: ExtraVarsOptions): Record<string, unknown> {
  return Object.assign({}, ...all.map((written) => readOne(written, options))) as Record<string, unknown>;
}
