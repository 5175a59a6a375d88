import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateKeyPair } from './keys.js';

test('ssh-keygen reads the private key and gets the same public key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-keys-'));
  const pair = generateKeyPair('service example');
  writeFileSync(join(folder, 'key'), pair.privateKey, { mode: 0o600 });

  const derived = execFileSync('ssh-keygen', ['-y', '-f', join(folder, 'key')]).toString();

  rmSync(folder, { recursive: true });
  expect(derived.trim()).toBe(pair.publicKey);
  expect(pair.publicKey).toMatch(/^ssh-ed25519 [A-Za-z0-9+/=]+ service example$/);
});

test('two key pairs differ', () => {
  expect(generateKeyPair('').publicKey).not.toBe(generateKeyPair('').publicKey);
});
