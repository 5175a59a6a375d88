import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { decryptVault, encryptVault, isVaulted } from './vault.js';
import { readVaultId, readVaultSecrets } from './vault-password.js';

const folder = mkdtempSync(join(tmpdir(), 'vault-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const secret = (password: string, label = 'default') => ({ label, password: Buffer.from(password) });
const nobody = () => Promise.reject(new Error('nobody is there to ask'));

/** Made by `ansible-vault` 2.14 with the password `sekret`. */
const V11 = `$ANSIBLE_VAULT;1.1;AES256
33663930356262653535393730376239323063353535636539393964613834303466653166613639
3137363236646561646230643936633061323131316130330a656434383636643964653232383339
31643237383530663439303962646563376264623338303035323536353164383230636639646331
3733633562326263390a653238383232643033633530656534306462303234656364363762663535
37613963653265353430643437633061343736323261626363633738623931333035
`;

/** Made by `ansible-vault encrypt --vault-id dev@…` 2.14 with the password `other`. */
const V12 = `$ANSIBLE_VAULT;1.2;AES256;dev
31316333346161656366653532613130666534356236663463666231333438363431623562616130
6534366665306339323363303464313861663635623531330a353733303561653035653130323930
36613632373562666430326139623039356330326466653037343866313036613836663038333461
3030303136656635620a346434326233386364343365643535383231633330623434626461363731
6262
`;

describe('texts of the real ansible-vault', () => {
  test('format 1.1 is opened', () => {
    expect(decryptVault(V11, [secret('sekret')]).toString()).toBe('x: 1\nname: "höst"\n');
  });

  test('format 1.2 is opened by the secret of its vault id, or by any other that fits', () => {
    expect(decryptVault(V12, [secret('x'), secret('other', 'dev')]).toString()).toBe('plain text');
    expect(decryptVault(V12, [secret('x', 'dev'), secret('other', 'prod')]).toString()).toBe('plain text');
  });

  test('indented lines, as in a block of YAML, are the same text', () => {
    expect(decryptVault(V12.replaceAll('\n', '\n   '), [secret('other')]).toString()).toBe('plain text');
  });
});

test.each([
  ['no secret', V11, [], 'Attempting to decrypt but no vault secrets found'],
  [
    'another secret',
    V11,
    [secret('wrong')],
    'Decryption failed (no vault secrets were found that could decrypt) on secrets.yml',
  ],
  [
    'a changed text',
    V11.replace(/\d\n$/, '0\n'),
    [secret('sekret')],
    'Decryption failed (no vault secrets were found that could decrypt) on secrets.yml',
  ],
  ['digits that are none', '$ANSIBLE_VAULT;1.1;AES256\nzz', [secret('s')], 'unhexlify error'],
  ['half a text', '$ANSIBLE_VAULT;1.1;AES256\n3030', [secret('s')], 'not enough values'],
  ['an old cipher', '$ANSIBLE_VAULT;1.0;AES\n3030', [secret('s')], 'AES cipher could not be found'],
  ['a plain text', 'x: 1', [secret('s')], 'not vault encrypted data'],
])('%s is refused in the words of Ansible', (_, text, secrets, message) => {
  expect(() => decryptVault(text, secrets, 'secrets.yml')).toThrow(message);
});

test('what is encrypted here is opened here, and says its vault id', () => {
  const text = encryptVault('größe\n', secret('pw', 'prod'));

  expect(isVaulted(text)).toBe(true);
  expect(text.split('\n')[0]).toBe('$ANSIBLE_VAULT;1.2;AES256;prod');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBe(80);
  expect(decryptVault(text, [secret('pw', 'prod')]).toString()).toBe('größe\n');
  expect(encryptVault('', secret('pw')).split('\n')[0]).toBe('$ANSIBLE_VAULT;1.1;AES256');
});

describe('vault passwords', () => {
  test.each([
    ['dev@/etc/pw', { label: 'dev', source: { file: '/etc/pw' } }],
    ['/etc/pw', { label: 'default', source: { file: '/etc/pw' } }],
    ['dev@prompt', { label: 'dev', source: 'prompt' }],
    ['prompt', { label: 'default', source: 'prompt' }],
    ['dev@a@b', { label: 'dev', source: { file: 'a@b' } }],
  ])('%s says where a password is', (written, source) => {
    expect(readVaultId(written)).toEqual(source);
  });

  test('come from files, scripts that are told the vault id, and people', async () => {
    const sources = [
      { label: 'default', source: { file: file('pw', '  from a file \n') } },
      { label: 'plain', source: { file: file('pw.sh', '#!/bin/sh\necho "script $#"\n', 0o700) } },
      { label: 'prod', source: { file: file('pw-client.sh', '#!/bin/sh\necho "$1 $2"\n', 0o700) } },
      { label: 'dev', source: 'prompt' as const },
    ];
    const found = await readVaultSecrets(sources, (question) => Promise.resolve(`answer to ${question}`));

    expect(found.map(({ label, password }) => [label, password.toString()])).toEqual([
      ['default', 'from a file'],
      ['plain', 'script 0'],
      ['prod', '--vault-id prod'],
      ['dev', 'answer to Vault password (dev):'],
    ]);
  });

  test('a password file may be vaulted with a password before it', async () => {
    const inner = file('inner', encryptVault('inner\n', secret('outer')));
    const sources = [file('outer', 'outer'), inner].map((path) => readVaultId(path));

    const found = await readVaultSecrets(sources, nobody);
    expect(found[1]?.password.toString()).toBe('inner');
  });

  test.each([
    ['nowhere', () => join(folder, 'nowhere'), 'was not found'],
    ['empty', () => file('empty', '\n'), 'Invalid vault password was provided from file'],
    ['failing', () => file('failing', '#!/bin/sh\nexit 3\n', 0o700), 'returned non-zero (3)'],
    [
      'unknown',
      () => file('x-client', '#!/bin/sh\nexit 2\n', 0o700),
      'did not find a secret for vault-id=default',
    ],
    ['no program', () => file('text', 'secret', 0o700), 'remove the executable bit'],
  ])('a source that is %s is told', async (_, path, message) => {
    await expect(readVaultSecrets([readVaultId(path())], nobody)).rejects.toThrow(message);
  });
});
