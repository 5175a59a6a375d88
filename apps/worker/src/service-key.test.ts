import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { keyPairMaker } from './service-key.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes a new pair for every service', async () => {
  const make = keyPairMaker(null);

  const [one, two] = await Promise.all([make('one'), make('two')]);

  expect(one.publicKey).toMatch(/^ssh-ed25519 AAAA\S+ tenon one$/);
  expect(one.privateKey).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
  expect(two.publicKey).not.toBe(one.publicKey);
});

it('takes the pair of the installation when there is one', async () => {
  const file = join(folder, 'id_ed25519');
  await writeFile(file, 'private\n');
  await writeFile(`${file}.pub`, 'ssh-ed25519 AAAA operator\n');

  expect(await keyPairMaker(file)('one')).toEqual({
    privateKey: 'private\n',
    publicKey: 'ssh-ed25519 AAAA operator',
  });
});

it('says what to do when a half is missing', async () => {
  const file = join(folder, 'id_ed25519');
  await writeFile(file, 'private\n');

  await expect(keyPairMaker(file)('one')).rejects.toThrow(
    /cannot read the service key .*id_ed25519\.pub: .*ssh-keygen/s,
  );
});
