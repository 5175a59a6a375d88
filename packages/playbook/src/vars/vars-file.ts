import { jsonLiterals, NoLiteral, parseLiteral } from '@tenon/jinja/python/literal';
import { plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { InventoryError } from '../inventory/inventory-error.js';
import { describeProblem, Problems, type Place } from '../parse/problem.js';
import { parseYaml, toValue, type YamlNode } from '../parse/yaml.js';
import type { Decrypt } from '../vault/decrypt.js';
import { VaultError } from '../vault/vault-error.js';
import { isVaulted } from '../vault/vault.js';

export interface VarsFileOptions {
  /** Opens vaulted files and `!vault` values. Without it a vaulted file is an error, a vaulted value one where it is used. */
  readonly decrypt?: Decrypt | undefined;
  /** Is told of keys that are there twice. */
  readonly warn?: ((message: string) => void) | undefined;
}

function asJson(text: string): Value | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return parseLiteral(text, jsonLiterals);
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

function opened(path: string, text: string, decrypt: Decrypt | undefined): string {
  if (!isVaulted(text)) return text;
  if (decrypt === undefined) throw new VaultError('Attempting to decrypt but no vault secrets found');
  return decrypt(text, path);
}

const START: Place = { line: 1, column: 1 };

function nodeOf(value: Value): YamlNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(nodeOf), at: START };
  if (!(value instanceof Map)) return { kind: 'scalar', value, at: START };
  const entries = [...value].map(([keyValue, item]) => {
    return { key: plain(pyStr(keyValue)), keyValue, value: nodeOf(item), at: START };
  });
  return { kind: 'map', entries, at: START };
}

/**
 * A file of data as Ansible loads it: JSON when it is JSON, else YAML; a vaulted file is opened first. Undefined for
 * an empty one. Throws InventoryError, which names the line, and VaultError.
 */
export function readDataFile(
  path: string,
  text: string,
  options: VarsFileOptions = {},
): YamlNode | undefined {
  const { decrypt, warn = () => undefined } = options;
  const content = opened(path, text, decrypt);
  const json = asJson(content);
  if (json !== undefined) return nodeOf(json);
  const problems = new Problems(path, content);
  const node = parseYaml(content, problems, { decrypt });
  problems.warnings.map(describeProblem).forEach(warn);
  if (problems.errors.length > 0) {
    throw new InventoryError(problems.errors.map(describeProblem).join('\n'));
  }
  return node;
}

/**
 * The variables of a file: of vars_files, group_vars, host_vars, a role's vars and defaults, `-e @file`. Empty for an
 * empty file. Throws InventoryError, which names the line, and VaultError.
 */
export function readVarsFile(path: string, text: string, options: VarsFileOptions = {}): Map<string, Value> {
  const data = readDataFile(path, text, options);
  if (data === undefined || (data.kind === 'scalar' && data.value === null)) return new Map();
  if (data.kind !== 'map') {
    throw new InventoryError(`${path} must contain a dictionary of variables: name: value`);
  }
  return new Map(data.entries.map(({ key, value }) => [key, toValue(value)]));
}
