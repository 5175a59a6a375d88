import { dirname, join } from 'node:path';
import { statSync } from 'node:fs';
import { Dict } from '@tenon/jinja/dict';
import { fromJs, type Value } from '@tenon/jinja/values';
import type { VarsFileReader } from '../vars/vars-file-reader.js';
import { GroupTree } from './group-tree.js';
import type { Inventory, InventoryGroup } from './inventory.js';

export interface InventoryVariablesOptions {
  readonly hostName: string;
  /** Its group_vars and host_vars win over those beside the inventory. */
  readonly playbookFolder?: string;
  readonly readFile: VarsFileReader;
  /** `merge`: dictionaries of the same name are joined, deep. @default 'replace' */
  readonly hashBehaviour?: 'replace' | 'merge';
}

type Layer = ReadonlyMap<string, Value>;

/** Converted once for an inventory: most hosts share most groups. */
const converted = new WeakMap<object, Layer>();

function layerOf(vars: Readonly<Record<string, unknown>> | undefined): Layer {
  if (vars === undefined) return new Map();
  const known = converted.get(vars);
  if (known !== undefined) return known;
  const entries = Object.entries(vars).filter(([name]) => name !== 'ansible_group_priority');
  const layer = new Map(entries.map(([name, value]) => [name, fromJs(value)]));
  converted.set(vars, layer);
  return layer;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The folders in which the inventory's group_vars and host_vars lie: beside each source, or in it. */
function foldersOf({ sources = [] }: Inventory): string[] {
  return sources.map((source) => (isFolder(source) ? source : dirname(source)));
}

/** A host's name becomes a file's name here; one that is a path means no file. */
const isFileName = (name: string): boolean => name !== '' && !/^\.\.?$|[/\0]/.test(name);

function merged(below: Value | undefined, above: Value): Value {
  if (!(below instanceof Map) || !(above instanceof Map)) return above;
  const result = new Dict(below);
  for (const [key, value] of above) result.set(key, merged(result.get(key), value));
  return result;
}

/**
 * The variables that the inventory and the files of group_vars and host_vars give a host (levels 3 to 10 of Ansible's
 * precedence): those of `all`, then of its groups by depth, ansible_group_priority and name, then its own. An
 * inventory's own come before its files, those before the playbook's. A host that is not there has those of `all`, as
 * the implicit localhost does. Values are templates still. Throws InventoryError and VaultError for unreadable files.
 */
export function inventoryVariables(
  inventory: Inventory,
  { hostName, playbookFolder, readFile, hashBehaviour = 'replace' }: InventoryVariablesOptions,
): ReadonlyMap<string, Value> {
  const tree = GroupTree.of(inventory);
  const groups = tree.groupsOf(hostName);
  const beside = foldersOf(inventory);
  const playbook = playbookFolder === undefined ? [] : [playbookFolder];
  const files = (folders: readonly string[], kind: string, names: readonly string[]) =>
    folders.flatMap((folder) =>
      names.filter(isFileName).flatMap((name) => readFile(join(folder, kind, name))),
    );
  const groupFiles = (folders: readonly string[], of: readonly InventoryGroup[] | 'all') =>
    files(folders, 'group_vars', of === 'all' ? ['all'] : of.map(({ name }) => name));
  const layers = [
    layerOf(inventory.vars),
    ...groups.map(({ vars }) => layerOf(vars)),
    ...groupFiles(beside, 'all'),
    ...groupFiles(playbook, 'all'),
    ...groupFiles(beside, groups),
    ...groupFiles(playbook, groups),
    layerOf(tree.hosts.get(hostName)?.vars),
    ...files(beside, 'host_vars', [hostName]),
    ...files(playbook, 'host_vars', [hostName]),
  ];
  const variables = new Map<string, Value>();
  for (const layer of layers) {
    for (const [name, value] of layer) {
      variables.set(name, hashBehaviour === 'merge' ? merged(variables.get(name), value) : value);
    }
  }
  return variables;
}

/** The magic variable `group_names`: the groups that a host is in, sorted, without `all`. */
export function groupNames(inventory: Inventory, hostName: string): string[] {
  return GroupTree.of(inventory)
    .groupsOf(hostName)
    .map(({ name }) => name)
    .sort();
}

/** The magic variable `groups`: every group's hosts, those of its children too; `all` and `ungrouped` among them. */
export function groupsOf(inventory: Inventory): Map<string, string[]> {
  const tree = GroupTree.of(inventory);
  return new Map(
    [...tree.groups.keys()].map((group) => [group, tree.hostsOf(group).map(({ name }) => name)]),
  );
}
