import { ModuleError } from '../../modules/module.js';
import { UnreachableError } from '../../transport/errors.js';
import type { Connection } from '../../transport/transport.js';
import type { Attempt } from '../attempt.js';
import type { Doer } from './doer.js';
import { wishesOf } from './wishes.js';

/** A playbook may add hosts, but a confined run reaches none that it was not given. Throws ModuleError. */
export function refuseStrangers({ play }: Attempt, { host }: Doer): void {
  const { confined, inventory } = play.run.settings;
  if (confined && !inventory.wasGiven(host.name))
    throw new ModuleError(`refused: ${host.name} is no machine that this run was given`);
}

/** Ways to a machine stay open for the rest of the run, one for every set of wishes. */
export async function connect(attempt: Attempt, doer: Doer): Promise<Connection> {
  const { transport, signal } = attempt.play.run.settings;
  const wishes = wishesOf(attempt, doer);
  refuseStrangers(attempt, doer);
  const key = JSON.stringify(wishes);
  const { connections, name } = doer.host;
  const opening = connections.get(key) ?? transport.connect(name, { signal, wishes });
  connections.set(key, opening);
  try {
    return await opening;
  } catch (error) {
    connections.delete(key);
    throw error;
  }
}

/** What is said when a connection breaks in the middle: the next task makes a new one. */
export async function forgetIfLost<T>(doer: Doer, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreachableError) doer.host.connections.clear();
    throw error;
  }
}

/** Closes every way to a host; the next task makes a new one. */
export async function disconnect(doer: Doer): Promise<void> {
  const open = [...doer.host.connections.values()];
  doer.host.connections.clear();
  for (const each of await Promise.allSettled(open)) if (each.status === 'fulfilled') each.value.close();
}
