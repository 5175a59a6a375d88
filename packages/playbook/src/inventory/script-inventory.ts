import { spawnSync } from 'node:child_process';
import { jsonLiterals, NoLiteral, parseLiteral } from '@tenon/jinja/python/literal';
import { plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import type { InventoryDraft } from './inventory-draft.js';
import { InventoryError } from './inventory-error.js';

type Dictionary = ReadonlyMap<Value, Value>;

const MAX_BYTES = 256 * 1024 * 1024;
const textOf = (value: Value): string => plain(pyStr(value));

function execute(path: string, args: readonly string[]): string {
  const found = spawnSync(path, args, { maxBuffer: MAX_BYTES, encoding: 'utf8' });
  if (found.error !== undefined)
    throw new InventoryError(`problem running ${path} ${args.join(' ')} (${found.error.message})`);
  if (found.status !== 0) {
    throw new InventoryError(`Inventory script (${path}) had an execution error: ${found.stderr.trim()}`);
  }
  return found.stdout;
}

function dictionary(path: string, printed: string): Dictionary {
  try {
    const value = parseLiteral(printed, jsonLiterals);
    if (value instanceof Map) return value;
    throw new NoLiteral('needs to be a json dict');
  } catch (error) {
    if (!(error instanceof NoLiteral)) throw error;
    throw new InventoryError(
      `failed to parse executable inventory script results from ${path}: ${error.message}`,
    );
  }
}

/** A group's dictionary: a list is one of hosts; without the known keys it is the variables of a host of that name. */
function groupOf(name: string, written: Value): Dictionary {
  if (!(written instanceof Map)) return new Map([['hosts', written]]);
  if (['hosts', 'vars', 'children'].some((key) => written.has(key))) return written;
  return new Map<Value, Value>([
    ['hosts', [name]],
    ['vars', written],
  ]);
}

function readGroup(draft: InventoryDraft, name: string, written: Value): string[] {
  draft.addGroup(name);
  const group = groupOf(name, written);
  const hosts = group.get('hosts') ?? [];
  const vars = group.get('vars') ?? new Map<Value, Value>();
  const children = group.get('children') ?? [];
  if (!Array.isArray(hosts))
    throw new InventoryError(`You defined a group '${name}' with bad data for the host list`);
  if (!(vars instanceof Map))
    throw new InventoryError(`You defined a group '${name}' with bad data for variables`);
  for (const host of hosts) draft.addHost(textOf(host), name);
  for (const [variable, value] of vars) draft.setGroupVariable(name, textOf(variable), value);
  for (const child of Array.isArray(children) ? children : []) draft.addChild(name, textOf(child));
  return hosts.map(textOf);
}

function variablesOf(path: string, host: string): Dictionary {
  const printed = execute(path, ['--host', host]);
  return printed.trim() === '' ? new Map() : dictionary(path, printed);
}

/**
 * Reads what an inventory script prints for `--list` into the draft; it is asked for each host (`--host`) when it
 * gives no `_meta`. Throws InventoryError, in Ansible's words.
 */
export function readScriptInventory(draft: InventoryDraft, path: string): void {
  const printed = dictionary(path, execute(path, ['--list']));
  const meta = printed.get('_meta');
  const hostvars = meta instanceof Map ? meta.get('hostvars') : undefined;
  const groups = [...printed].filter(([name]) => name !== '_meta');
  const hosts = new Set(groups.flatMap(([name, group]) => readGroup(draft, textOf(name), group)));
  for (const host of hosts) {
    const own = hostvars instanceof Map ? hostvars.get(host) : undefined;
    const variables = hostvars === undefined ? variablesOf(path, host) : own;
    const layer: Dictionary = variables instanceof Map ? variables : new Map();
    for (const [name, value] of layer) draft.setHostVariable(host, textOf(name), value);
  }
}
