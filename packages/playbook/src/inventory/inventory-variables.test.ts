import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toJs, Undefined } from '@tenon/jinja/values';
import { afterAll, expect, test } from 'vitest';
import { varsFileReader } from '../vars/vars-file-reader.js';
import { decryptVault, encryptVault } from '../vault/vault.js';
import type { Inventory } from './inventory.js';
import { inventoryVariables, type InventoryVariablesOptions } from './inventory-variables.js';

const folder = mkdtempSync(join(tmpdir(), 'inventory-variables-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const INVENTORY: Inventory = {
  hosts: [{ name: 'h', vars: { host: 'inventory', dict: { a: 1 } } }, { name: '../escape' }],
  groups: [{ name: 'g', hosts: ['h', '../escape'], children: [], vars: { group: 'inventory' } }],
  vars: { all: 'inventory' },
  sources: [join(folder, 'inventory/hosts')],
};

function variablesOf(options: Partial<InventoryVariablesOptions> = {}): unknown {
  const given = { hostName: 'h', playbookFolder: join(folder, 'playbook'), readFile: varsFileReader() };
  return toJs(new Map(inventoryVariables(INVENTORY, { ...given, ...options })));
}

test('files win over the inventory, the playbook over files beside the inventory, hosts over groups', () => {
  file('inventory/group_vars/all.yml', 'all: beside\nhost: all\n');
  file('inventory/group_vars/g.yml', 'all: g\ngroup: beside\nhost: g\n');
  file('playbook/group_vars/all.yml', 'all: playbook\ngroup: all\nonly: 1\n');
  file('playbook/group_vars/g.yml', 'group: playbook\n');
  file('inventory/host_vars/h.yml', 'host: beside\nbeside: 1\n');
  file('playbook/host_vars/h.yml', 'host: playbook\ndict: {b: 2}\n');

  expect(variablesOf()).toEqual({
    ...{ all: 'g', group: 'playbook', host: 'playbook', only: 1, beside: 1 },
    dict: { b: 2 },
  });
  expect(variablesOf({ hashBehaviour: 'merge' })).toMatchObject({ dict: { a: 1, b: 2 } });
});

test('a host that the inventory does not have gets the variables of all', () => {
  expect(variablesOf({ hostName: 'localhost' })).toEqual({
    ...{ all: 'playbook', group: 'all', host: 'all', only: 1 },
  });
});

test('the name of a host is no way out of the folder', () => {
  file('inventory/escape.yml', 'escaped: yes\n');

  expect(variablesOf({ hostName: '../escape' })).not.toHaveProperty('escaped');
});

test('a confined reader does not follow a link out of its folder', () => {
  const secret = file('outside/secret.yml', 'secret: 1\n');
  file('playbook/group_vars/.keep', '');
  symlinkSync(secret, join(folder, 'playbook/group_vars/linked.yml'));
  const path = join(folder, 'playbook/group_vars/linked');

  expect(varsFileReader()(path)).toHaveLength(1);
  expect(varsFileReader({ confinedTo: join(folder, 'playbook') })(path)).toEqual([]);
});

test('vaulted files and values are opened', () => {
  const secret = { label: 'default', password: Buffer.from('pw') };
  const indented = encryptVault('inline', secret).trim().replaceAll('\n', '\n  ');
  const value = file('values/v.yml', `plain: 1\nsecret: !vault |\n  ${indented}\n`);
  file('values/w', encryptVault('whole: 1\n', secret));
  const base = dirname(value);

  const decrypt = (text: string) => decryptVault(text, [secret]).toString();
  const read = varsFileReader({ decrypt });
  expect(read(join(base, 'v'))).toEqual([
    new Map<string, unknown>([
      ['plain', 1],
      ['secret', 'inline'],
    ]),
  ]);
  expect(read(join(base, 'w'))).toEqual([new Map([['whole', 1]])]);
});

test('without the password a vaulted file is an error, a vaulted value only where it is used', () => {
  const read = varsFileReader();
  const [variables] = read(join(folder, 'values/v'));

  expect(variables?.get('plain')).toBe(1);
  expect(variables?.get('secret')).toBeInstanceOf(Undefined);
  expect(() => read(join(folder, 'values/w'))).toThrow('Attempting to decrypt but no vault secrets found');
});

test.each([
  ['- a\n', 'must contain a dictionary'],
  ['a: 1\nb: {{ c }}\n', 'wrong.yml:2:'],
])('the file %j is refused with its name', (text, message) => {
  file('wrong.yml', text);

  expect(() => varsFileReader()(join(folder, 'wrong'))).toThrow(message);
});
