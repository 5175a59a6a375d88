import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockOwner, takeLock } from './process-lock.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-lock-test-'));
});

afterEach(() => rm(folder, { recursive: true }));

it('shows a second one who holds the lock, with his note', async () => {
  const path = join(folder, 'lock');
  const first = await takeLock(path);
  if (!('lock' in first)) throw new Error('the lock was not free');
  await first.lock.note('http://localhost:9999');

  const second = await takeLock(path);

  expect(second).toMatchObject({ owner: { pid: process.pid, note: 'http://localhost:9999' } });
});

it('is free again after its release', async () => {
  const path = join(folder, 'lock');
  const first = await takeLock(path);
  if (!('lock' in first)) throw new Error('the lock was not free');
  await first.lock.release();

  expect(await takeLock(path)).toHaveProperty('lock');
});

it('does not believe a lock whose process is another one of the same number', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, JSON.stringify({ pid: process.pid, started: 'long ago' }));

  expect(await lockOwner(path)).toBeUndefined();
  expect(await takeLock(path)).toHaveProperty('lock');
});

it('does not believe a lock that was cut short', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, '{"pid":');

  expect(await takeLock(path)).toHaveProperty('lock');
});
