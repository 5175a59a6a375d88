import { hasTaint, isStr } from '@tenon/jinja/text';
import { ModuleError } from '../../modules/module.js';
import type { LayeredScope } from '../../vars/layered-scope.js';
import type { Attempt } from '../attempt.js';
import type { Host } from '../host.js';
import { Templates } from '../run.js';

export const LOCAL: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** The machine that does a task: the host's own, or the one that it is delegated to. */
export interface Doer {
  readonly host: Host;
  readonly delegated: boolean;
  /** The variables that say how it is reached. */
  readonly scope: LayeredScope;
}

function delegateHost({ play }: Attempt, name: string, isData: boolean): Host {
  const { inventory, confined } = play.run.settings;
  if (confined && (LOCAL.has(name) || name === 'local'))
    throw new ModuleError(
      'refused: delegating to localhost would run this on the machine of the synchronizer',
    );
  const known = inventory.has(name) ? inventory.find(name) : undefined;
  if (confined && (known === undefined || isData))
    throw new ModuleError(`cannot delegate to ${name}: only hosts of the inventory can be delegated to`);
  return known ?? inventory.beside(name);
}

/** Throws ModuleError for a machine that must not be used, and TemplateError. */
export function doerOf(attempt: Attempt): Doer {
  const { play, task, host, scope } = attempt;
  const templates = new Templates(play.surroundings(task).jinja, scope);
  const written = task.keywords.delegate_to;
  const name = templates.text(written);
  if (written === undefined || name === undefined || name === host.name)
    return { host, delegated: false, scope };
  attempt.turn.wait();
  const value = templates.value(written);
  const delegate = delegateHost(attempt, name, isStr(value) && hasTaint(value));
  return { host: delegate, delegated: true, scope: play.scope(delegate, task).with(...attempt.local) };
}
