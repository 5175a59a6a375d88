import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { decryptVault, encryptVault } from '../vault/vault.js';
import { loadInventory } from './load-inventory.js';

const folder = mkdtempSync(join(tmpdir(), 'load-inventory-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string, mode = 0o644): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

async function warningsOf(name: string, text: string): Promise<string> {
  const warnings: string[] = [];
  await loadInventory([file(name, text)], { warn: (message) => warnings.push(message) });
  return warnings.join('\n');
}

/** All but the first words are Ansible's. */
test.each([
  ['a\n[web:sons]\n', 'hosts:2: Section [web:sons] has unknown type: sons'],
  ['[we b]\n', "hosts:1: Invalid section entry: '[we b]'"],
  ['[web]\na\n[nobody:vars]\nx=1\n', 'hosts:3: Section [nobody:vars] not valid for undefined group: nobody'],
  ['[web:children]\n# none\nnobody\n', 'hosts:3: Section [web:children] includes undefined group: nobody'],
  ['[web]\n[web:vars]\nx\n', 'hosts:3: Expected key=value, got: x'],
  ['a b\n', 'hosts:1: Expected key=value host variable assignment, got: b'],
  ['a b="c\n', `hosts:1: Error parsing host definition 'a b="c': No closing quotation`],
  ['[web]\na:\n', "hosts:2: Invalid host pattern 'a:' supplied"],
  ['web[1]\n', 'hosts:1: host range must be begin:end or begin:end:step'],
  ['web[1:]\n', 'hosts:1: host range must specify end value'],
  ['web[01:100]\n', 'hosts:1: host range must specify equal-length begin and end formats'],
  ['[a:children]\na\n', 'recursive dependency loop'],
  ['[a:children]\nb\n[b:children]\na\n', 'recursive dependency loop'],
])('%j is a problem of an INI file, told with its line', async (text, message) => {
  expect(await warningsOf('hosts', text)).toContain(message);
});

test.each([
  ['all:\n  hosts: [a]\n', 'hosts.yml:2: Invalid "hosts" entry for "all" group, requires a dictionary'],
  ['all:\n  hosts:\n    5:\n', 'hosts.yml:3: Host pattern 5 must be a string'],
  ['all:\n  hosts:\n    a[1]:\n', 'hosts.yml:3: host range must be'],
  ['all:\n  hosts:\n   a: 5\n', 'hosts.yml:3: the variables of the host a must be a dictionary'],
  ['web:\n  host:\n    a:\n', 'Skipping unexpected key (host) in group (web)'],
  ['web: 5\n', "Skipping 'web' as this is not a valid group definition"],
  ['plugin: aws_ec2\n', 'inventory plugins are not supported'],
  ['a: [\n', 'hosts.yml:'],
])('%j is a problem of a YAML file', async (text, message) => {
  expect(await warningsOf('hosts.yml', text)).toContain(message);
});

test('a source that cannot be read changes nothing, and is an error for who wants that', async () => {
  const sources = [file('good', 'a\n'), file('bad', 'b\n[x y]\n'), join(folder, 'nowhere')];
  const warnings: string[] = [];

  const inventory = await loadInventory(sources, { warn: (message) => warnings.push(message) });
  expect(inventory.hosts.map(({ name }) => name)).toEqual(['a']);
  expect(warnings.at(-1)).toBe(`Unable to parse ${folder}/nowhere as an inventory source`);
  await expect(loadInventory(sources, { failOnUnparsed: true })).rejects.toThrow('bad:2: Invalid section');
});

test('an executable text is not given to the shell', async () => {
  const path = file('inventory', 'touch ran=yes\n', 0o755);

  const inventory = await loadInventory([path]);
  expect(inventory.hosts.map(({ name }) => name)).toEqual(['touch']);
});

test.each([
  ['exit 3', 'had an execution error: why'],
  ['echo no json', 'failed to parse executable inventory script results'],
  [`echo '{"g": {"hosts": {}}}'`, "a group 'g' with bad data for the host list"],
])('a script that does %j is told', async (command, message) => {
  const warnings: string[] = [];
  const path = file('script.sh', `#!/bin/sh\necho why >&2\n${command}\n`, 0o755);
  await loadInventory([path], { warn: (text) => warnings.push(text) });

  expect(warnings.join('\n')).toContain(message);
});

test('a vaulted inventory is opened', async () => {
  const secret = { label: 'default', password: Buffer.from('pw') };
  const sources = [
    file('vaulted', encryptVault('[g]\na\n', secret)),
    file('vaulted.yml', encryptVault('g: {hosts: {b: {}}}\n', secret)),
  ];

  const decrypt = (text: string) => decryptVault(text, [secret]).toString();
  const inventory = await loadInventory(sources, { decrypt });
  expect(inventory.hosts.map(({ name }) => name)).toEqual(['a', 'b']);
});
