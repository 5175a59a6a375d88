import type { Value } from '@tenon/jinja/values';
import type { Role } from './role.js';

type Variables = ReadonlyMap<string, Value>;

/** The roles that a role depends on, each after those that it needs itself. */
export function allDependencies(role: Role): Role[] {
  return role.dependencies.flatMap((each) => [...allDependencies(each), each]);
}

type OfRole = (role: Role, chain: readonly Role[]) => Variables;

/** Worked out once for a role below a chain; both live as long as the run. */
function remembered(work: OfRole): OfRole {
  const known = new WeakMap<Role, WeakMap<readonly Role[], Variables>>();
  return (role, chain) => {
    const ofRole = known.get(role) ?? new WeakMap<readonly Role[], Variables>();
    known.set(role, ofRole);
    const variables = ofRole.get(chain) ?? work(role, chain);
    ofRole.set(chain, variables);
    return variables;
  };
}

/** Level 2: the defaults of what it depends on, of those that depend on it, and its own. */
export const roleDefaults = remembered((role, chain) => {
  const layers = [...allDependencies(role), ...chain, role];
  return new Map(layers.flatMap((each) => [...each.defaults]));
});

/** Level 15: vars/main.yml of the role and of those around it; `vars:` of whoever uses a role is below its own. */
export const roleVariables = remembered((role, chain) => {
  const layers = [...chain, ...allDependencies(role), role];
  return new Map(layers.flatMap((each) => [...each.vars, ...each.ownVars]));
});

/** Level 20. */
export const roleParams = remembered(
  (role, chain) => new Map([...chain, role].flatMap((each) => [...each.params])),
);
