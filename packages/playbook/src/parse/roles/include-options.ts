import { basename } from 'node:path';
import type { Value } from '@tenon/jinja/values';
import type { RawArguments } from '../../modules/read-arguments.js';
import type { Task } from '../tree.js';
import type { RoleUse } from './role-use.js';

type Template = (value: Value) => string;

function flag(value: Value | undefined, otherwise: boolean, template: Template): boolean {
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'boolean') return value;
  return /^(?:yes|on|true|1|y|t)$/i.test(template(value).trim());
}

/** What include_role and import_role say of the role. */
export function includeRoleOptions(
  args: RawArguments,
  template: Template,
): Pick<RoleUse, 'name' | 'from' | 'key'> &
  Required<Pick<RoleUse, 'allowDuplicates' | 'validate' | 'public'>> {
  const parts = ['tasks', 'handlers', 'vars', 'defaults'] as const;
  const from = parts.flatMap((part) => {
    const value = args.get(`${part}_from`);
    return value === undefined || value === null ? [] : [[part, basename(template(value))] as const];
  });
  return {
    name: template(args.get('name') ?? args.get('role') ?? ''),
    from: Object.fromEntries(from),
    key: 'include',
    allowDuplicates: flag(args.get('allow_duplicates'), true, template),
    validate: flag(args.get('rolespec_validate'), true, template),
    public: flag(args.get('public'), false, template),
  };
}

/** The `vars` of the task itself: they become the role's, and with it the play's where the role's variables are. */
export function varsOfUse({ vars, parent }: Pick<Task, 'vars' | 'parent'>): ReadonlyMap<string, Value> {
  return new Map([...vars].filter(([name, value]) => parent.vars.get(name) !== value));
}
