import type { Value } from '@tenon/jinja/values';
import { roleDefaults, roleParams, roleVariables } from '../parse/roles/role-variables.js';
import type { Role } from '../parse/roles/role.js';
import type { Task } from '../parse/tree.js';
import { LayeredScope, type Variables } from '../vars/layered-scope.js';
import type { Host } from './host.js';
import { factVariables, hostMagic, magicVariables } from './magic-variables.js';
import type { PlayRun } from './play-run.js';

const NONE: readonly Role[] = [];

/** The variables of all roles of the play, the later role's above the earlier one's; worked out again when a role comes in. */
function ofRoles(of: (role: Role, chain: readonly Role[]) => ReadonlyMap<string, Value>) {
  const known = new WeakMap<readonly Role[], { count: number; variables: Variables }>();
  return (roles: readonly Role[]): Variables => {
    const before = known.get(roles);
    if (before?.count === roles.length) return before.variables;
    const variables = new Map(roles.flatMap((role) => [...of(role, NONE)]));
    known.set(roles, { count: roles.length, variables });
    return variables;
  };
}

const defaultsOfPlay = ofRoles(roleDefaults);
const variablesOfPlay = ofRoles(roleVariables);

/** The variables of a play on a host, and of a task there: Ansible's precedence, highest first. `early` stands before level 19. */
export function scopeOf(
  play: PlayRun,
  host: Host,
  { task, early }: { task: Task | undefined; early: Variables | undefined },
): LayeredScope {
  const { settings } = play.run;
  const { roles } = play.play.reading;
  const role = task?.role;
  const chain = task?.roleChain ?? NONE;
  const ofTask = (of: typeof roleParams): Variables[] => (role === undefined ? [] : [of(role, chain)]);
  const layers: (Variables | undefined)[] = [
    magicVariables(play, host, task),
    settings.extraVars,
    task?.includeParams,
    ...ofTask(roleParams),
    early,
    host.assigned,
    host.included,
    task?.vars,
    ...ofTask(roleVariables),
    variablesOfPlay(roles),
    play.levels.varsFiles.of(host),
    play.levels.prompted,
    play.play.vars,
    host.facts,
    factVariables(host),
    settings.inventory.variablesOf(host.name),
    ...ofTask(roleDefaults),
    defaultsOfPlay(roles),
  ];
  return new LayeredScope(layers.filter((layer) => layer !== undefined));
}

/** The variables of a host as `hostvars` shows them: what belongs to the host, and nothing of plays and tasks. */
export function hostScope(play: PlayRun, host: Host): LayeredScope {
  const { settings } = play.run;
  return new LayeredScope([
    hostMagic(play, host),
    settings.extraVars,
    host.assigned,
    host.included,
    host.facts,
    factVariables(host),
    settings.inventory.variablesOf(host.name),
  ]);
}
