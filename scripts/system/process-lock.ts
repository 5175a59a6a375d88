import { open, readFile, rm } from 'node:fs/promises';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

/** Who holds a lock. */
export interface LockOwner extends ProcessIdentity {
  /** What the owner wants others to know, such as where he listens. */
  note?: string;
}

export interface Lock {
  /** Tells others something about the owner. */
  note(text: string): Promise<void>;
  release(): Promise<void>;
}

/** The running process that holds the lock; undefined when nobody does. A lock left by a killed process does not count. */
export async function lockOwner(path: string): Promise<LockOwner | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    const owner = JSON.parse(text) as LockOwner;
    return (await isRunning(owner)) ? owner : undefined;
  } catch {
    return undefined; // cut short by a crash
  }
}

async function write(path: string, owner: LockOwner, flags: 'wx' | 'w'): Promise<void> {
  const file = await open(path, flags, 0o600);
  await file.writeFile(JSON.stringify(owner));
  await file.close();
}

/** Takes a lock that holds as long as this process lives. Returns the owner instead when another process has it. */
export async function takeLock(path: string): Promise<{ lock: Lock } | { owner: LockOwner }> {
  const me = await identify(process.pid);
  if (!me) throw new Error(`cannot lock ${path}: this process does not find itself`);
  for (let attempt = 0; ; attempt += 1) {
    try {
      await write(path, me, 'wx');
      break;
    } catch (error) {
      const owner = await lockOwner(path);
      if (owner) return { owner };
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || attempt === 3)
        throw error;
      await rm(path, { force: true }); // left by a killed process
    }
  }
  return {
    lock: {
      note: (note) => write(path, { ...me, note }, 'w'),
      release: () => rm(path, { force: true }),
    },
  };
}
