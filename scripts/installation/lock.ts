import { takeLock, type Lock, type LockOwner } from '../system/process-lock.ts';
import type { Home } from './home.ts';

/** Thrown when another process runs this installation. */
class InstallationIsRunning extends Error {
  constructor(verb: 'start' | 'reset', home: Home, owner: LockOwner) {
    const where = owner.note === undefined ? '' : ` at ${owner.note}`;
    super(
      `cannot ${verb} the installation in ${home.path}: it already runs${where} (process ${owner.pid}); ` +
        `stop that one with Ctrl-C${verb === 'start' ? ', or set TENON_HOME and TENON_PORT to start another' : ''}`,
    );
  }
}

/** Takes the lock of an installation to do this; its note is the URL. Throws InstallationIsRunning when somebody holds it. */
export async function lockHome(home: Home, verb: 'start' | 'reset'): Promise<Lock> {
  const taken = await takeLock(home.lock);
  if ('owner' in taken) throw new InstallationIsRunning(verb, home, taken.owner);
  return taken.lock;
}
