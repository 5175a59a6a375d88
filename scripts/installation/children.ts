import { readFile, rename, writeFile } from 'node:fs/promises';
import { identify, isRunning, type ProcessIdentity } from '../system/process-identity.ts';
import { waitFor } from '../system/wait-for.ts';
import type { Home } from './home.ts';

/** A process of an installation. */
interface Child extends ProcessIdentity {
  name: string;
}

async function recorded(home: Home): Promise<Child[]> {
  try {
    return JSON.parse(await readFile(home.children, 'utf8')) as Child[];
  } catch {
    return [];
  }
}

async function write(home: Home, children: Child[]): Promise<void> {
  const temporary = `${home.children}.new`;
  await writeFile(temporary, JSON.stringify(children), { mode: 0o600 });
  await rename(temporary, home.children);
}

/** Remembers children of ours, so that the next start can end them should we be killed. */
export interface ChildRecord {
  add(name: string, pid: number): Promise<void>;
}

/** The record of an installation that this process runs. Children that start at the same time are written one after the other. */
export function childRecord(home: Home): ChildRecord {
  let last: Promise<void> = Promise.resolve();
  const add = async (name: string, pid: number) => {
    const child = await identify(pid);
    if (!child) return;
    const known = await recorded(home);
    const alive = await Promise.all(known.map(isRunning));
    await write(home, [...known.filter((_, index) => alive[index]), { ...child, name }]);
  };
  return {
    add: (name, pid) => (last = last.catch(() => undefined).then(() => add(name, pid))),
  };
}

/** Ends the api and the worker that a killed run left behind. Returns how many there were. */
export async function stopLeftoverChildren(home: Home): Promise<number> {
  let stopped = 0;
  for (const child of await recorded(home)) {
    if (!(await isRunning(child))) continue;
    stopped += 1;
    process.kill(child.pid, 'SIGTERM');
    const gone = async () => !(await isRunning(child));
    await waitFor(gone, { what: 'an old process to stop', timeoutMs: 5_000 }).catch(async () => {
      process.kill(child.pid, 'SIGKILL');
      await waitFor(gone, { what: 'an old process to end', timeoutMs: 5_000 });
    });
  }
  await write(home, []);
  return stopped;
}

/** The process of this name that runs now, undefined when there is none. */
export async function findChild(home: Home, name: string): Promise<number | undefined> {
  for (const child of await recorded(home))
    if (child.name === name && (await isRunning(child))) return child.pid;
  return undefined;
}
