import { isStr, plain } from '@tenon/jinja/text';
import type { Place } from '../parse/problem.js';
import { toValue, type YamlEntry, type YamlMap, type YamlNode } from '../parse/yaml.js';
import { expandHosts } from './host-range.js';
import type { InventoryDraft } from './inventory-draft.js';
import { InventoryError } from './inventory-error.js';

/** What an entry holds: the entries of a dictionary; a text is a dictionary of one, nothing is an empty one. */
function entriesOf(node: YamlNode): readonly YamlEntry[] | undefined {
  if (node.kind === 'map') return node.entries;
  if (node.kind === 'list') return undefined;
  const { value, at } = node;
  if (value === null) return [];
  if (!isStr(value)) return undefined;
  const nothing: YamlNode = { kind: 'scalar', value: null, at };
  return [{ key: plain(value), keyValue: value, value: nothing, at }];
}

class YamlReader {
  constructor(
    private readonly draft: InventoryDraft,
    private readonly warn: (message: string) => void,
  ) {}

  readGroup({ key: name, value: node, at }: YamlEntry): void {
    if (node.kind !== 'map' && !(node.kind === 'scalar' && node.value === null)) {
      this.warn(`Skipping '${name}' as this is not a valid group definition (${this.where(at)})`);
      return;
    }
    this.draft.addGroup(name);
    for (const section of node.kind === 'map' ? node.entries : []) this.readSection(name, section);
  }

  private where(at: Place): string {
    return `${this.draft.source}:${at.line}`;
  }

  private problem(at: Place, message: string): InventoryError {
    return new InventoryError(`${this.where(at)}: ${message}`);
  }

  private readSection(group: string, { key, value, at }: YamlEntry): void {
    const isKnown = key === 'hosts' || key === 'children' || key === 'vars';
    if (!isKnown) {
      const only = 'only "vars", "children" and "hosts" are valid';
      this.warn(`Skipping unexpected key (${key}) in group (${group}), ${only} (${this.where(at)})`);
      return;
    }
    const entries = entriesOf(value);
    if (entries === undefined)
      throw this.problem(at, `Invalid "${key}" entry for "${group}" group, requires a dictionary`);
    for (const entry of entries) {
      if (key === 'vars') this.draft.setGroupVariable(group, entry.key, toValue(entry.value));
      else if (key === 'hosts') this.readHosts(group, entry);
      else this.readChild(group, entry);
    }
  }

  private readChild(group: string, entry: YamlEntry): void {
    this.readGroup(entry);
    if (!this.draft.hasGroup(entry.key)) return;
    try {
      this.draft.addChild(group, entry.key);
    } catch (error) {
      throw error instanceof InventoryError ? this.problem(entry.at, error.message) : error;
    }
  }

  private readHosts(group: string, { key, keyValue, value, at }: YamlEntry): void {
    if (!isStr(keyValue)) {
      const remedy = 'Enclose integers/floats in quotation marks.';
      throw this.problem(at, `Host pattern ${key} must be a string. ${remedy}`);
    }
    const variables = value.kind === 'scalar' && value.value === null ? [] : value;
    if (!Array.isArray(variables) && variables.kind !== 'map')
      throw this.problem(at, `the variables of the host ${key} must be a dictionary`);
    const entries = Array.isArray(variables) ? [] : variables.entries;
    const { hosts, port } = this.expand(key, at);
    for (const host of hosts) {
      this.draft.addHost(host, group, port);
      for (const each of entries) this.draft.setHostVariable(host, each.key, toValue(each.value));
    }
  }

  private expand(pattern: string, at: Place): ReturnType<typeof expandHosts> {
    try {
      return expandHosts(pattern);
    } catch (error) {
      throw error instanceof InventoryError ? this.problem(at, error.message) : error;
    }
  }
}

function dictionaryOf(path: string, node: YamlNode | undefined): YamlMap {
  if (node === undefined) throw new InventoryError(`${path}: Parsed empty YAML file`);
  if (node.kind !== 'map') {
    throw new InventoryError(`${path}: YAML inventory has invalid structure, it should be a dictionary`);
  }
  const plugin = node.entries.find(({ key }) => key === 'plugin');
  if (plugin !== undefined)
    throw new InventoryError(`${path}: inventory plugins are not supported; write the hosts as YAML or INI`);
  return node;
}

/** Reads an inventory in YAML or JSON form into the draft. Throws InventoryError, which names the line. */
export function readYamlInventory(
  draft: InventoryDraft,
  node: YamlNode | undefined,
  warn: (message: string) => void,
): void {
  const reader = new YamlReader(draft, warn);
  for (const entry of dictionaryOf(draft.source, node).entries) reader.readGroup(entry);
}
