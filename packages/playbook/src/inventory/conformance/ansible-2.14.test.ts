import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isStr, plain } from '@tenon/jinja/text';
import { PyFloat, pyRepr, pyStr, Tuple, type Value } from '@tenon/jinja/values';
import { expect, test } from 'vitest';
import { varsFileReader } from '../../vars/vars-file-reader.js';
import { groupNames, groupsOf, inventoryVariables } from '../inventory-variables.js';
import { loadInventory } from '../load-inventory.js';
import { matchHosts } from '../match-hosts.js';

/** What the inventory of Ansible 2.14 made of the same files; numbers that JSON cannot tell apart are spelled out. */
interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly sources: readonly string[];
  readonly executable: readonly string[];
  readonly expected: {
    readonly hosts: Readonly<Record<string, { vars: Record<string, unknown>; groups: string[] }>>;
    readonly groups: Readonly<Record<string, string[]>>;
    readonly all: readonly string[];
  };
}

const cases = JSON.parse(
  readFileSync(new URL('ansible-2.14.json', import.meta.url), 'utf8'),
) as readonly Case[];

function typed(value: Value, folder: string): unknown {
  if (value instanceof PyFloat) return `float:${plain(pyRepr(value))}`;
  if (typeof value === 'bigint') return `int:${value}`;
  if (value instanceof Tuple) return { tuple: value.items.map((item) => typed(item, folder)) };
  if (Array.isArray(value)) return value.map((item) => typed(item, folder));
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, item]) => [plain(pyStr(key)), typed(item, folder)]));
  return isStr(value) ? plain(value).replaceAll(folder, 'FOLDER') : value;
}

function write(folder: string, { files, executable }: Case): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    if (executable.includes(name)) chmodSync(path, 0o755);
  }
}

test.each(cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
  const folder = mkdtempSync(join(tmpdir(), 'inventory-'));
  try {
    write(folder, each);
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const inventory = await loadInventory(each.sources, { cwd: folder, warn });

    const readFile = varsFileReader();
    const hosts = inventory.hosts.map(({ name }) => {
      const vars = [...inventoryVariables(inventory, { hostName: name, readFile })];
      const shown = Object.fromEntries(vars.map(([key, value]) => [key, typed(value, folder)]));
      return [name, { vars: shown, groups: groupNames(inventory, name) }];
    });
    expect(warnings).toEqual([]);
    expect(Object.fromEntries(hosts)).toEqual(each.expected.hosts);
    expect(Object.fromEntries(groupsOf(inventory))).toEqual(each.expected.groups);
    expect(matchHosts('all', inventory).map(({ name }) => name)).toEqual(each.expected.all);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
