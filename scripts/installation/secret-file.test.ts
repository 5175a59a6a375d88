import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readOrMakeSecret } from './secret-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-secret-test-'));
});

afterEach(() => rm(folder, { recursive: true }));

it('makes a secret once, of 32 bytes, for our eyes only', async () => {
  const path = join(folder, 'key');

  const [first, second] = [await readOrMakeSecret(path), await readOrMakeSecret(path)];

  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(second).toBe(first);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('gives two makers at the same time the same secret', async () => {
  const path = join(folder, 'key');

  const [first, second] = await Promise.all([readOrMakeSecret(path), readOrMakeSecret(path)]);

  expect(first).toBe(second);
});
