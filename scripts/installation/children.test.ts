import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { childRecord, findChild, stopLeftoverChildren } from './children.ts';
import { homeAt, type Home } from './home.ts';

let home: Home;
const sleepers: ChildProcess[] = [];

beforeEach(async () => {
  home = homeAt(await mkdtemp(join(tmpdir(), 'tenon-children-test-')));
});

afterEach(async () => {
  for (const sleeper of sleepers.splice(0)) sleeper.kill('SIGKILL');
  await rm(home.path, { recursive: true });
});

async function sleeper(): Promise<{ pid: number; exited: Promise<unknown> }> {
  const child = spawn('sleep', ['60']);
  sleepers.push(child);
  await once(child, 'spawn');
  return { pid: child.pid ?? 0, exited: once(child, 'exit') };
}

it('remembers children that start at the same moment', async () => {
  const [api, worker] = [await sleeper(), await sleeper()];
  const record = childRecord(home);

  await Promise.all([record.add('api', api.pid), record.add('worker', worker.pid)]);

  expect([await findChild(home, 'api'), await findChild(home, 'worker')]).toEqual([api.pid, worker.pid]);
});

it('ends what a killed run left behind, once', async () => {
  const left = await sleeper();
  await childRecord(home).add('worker', left.pid);

  expect(await stopLeftoverChildren(home)).toBe(1);

  await left.exited;
  expect(await stopLeftoverChildren(home)).toBe(0);
});
