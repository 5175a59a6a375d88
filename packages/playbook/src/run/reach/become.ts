import { hasTaint, isStr, plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../../modules/module.js';
import type { Become } from '../../transport/transport.js';
import type { Attempt } from '../attempt.js';
import type { Templates } from '../run.js';
import type { Doer } from './doer.js';
import { ConnectionVariables } from './wishes.js';

function methodOf(name: string): 'sudo' | 'su' {
  const method = name.replace(/^(?:ansible|community)\.\w+\./, '');
  if (method === 'sudo' || method === 'su') return method;
  throw new ModuleError(`become_method "${method}" is not supported; use sudo or su`);
}

/** Throws ModuleError when data would choose, which nobody may in a confined run. */
function userOf(written: Value | undefined, confined: boolean, templates: Templates): string {
  const value = written === undefined || written === null ? 'root' : templates.value(written);
  if (confined && isStr(value) && hasTaint(value))
    throw new ModuleError('refused: tenant data would name the user to become');
  return plain(pyStr(value)) || 'root';
}

/** The user a task runs as; undefined is the login user. Variables win over keywords. Throws ModuleError and TemplateError. */
export function becomeOf(attempt: Attempt, doer: Doer): Become | undefined {
  const { keywords } = attempt.task;
  const { confined, becomePassword } = attempt.play.run.settings;
  const variables = new ConnectionVariables(attempt, doer);
  const { templates } = variables;
  const wanted = variables.raw('ansible_become') ?? keywords.become;
  if (templates.flag(wanted) !== true) return undefined;
  const written = variables.text('ansible_become_method') ?? templates.text(keywords.become_method);
  const method = methodOf(written ?? 'sudo');
  const own = (what: string) => [`ansible_become_${what}`, `ansible_${method}_${what}`];
  const found = {
    password: variables.text(...own('password'), ...own('pass')) ?? becomePassword,
    exe: variables.text(...own('exe')) ?? templates.text(keywords.become_exe),
    flags: variables.text(...own('flags')) ?? templates.text(keywords.become_flags),
  };
  const given = Object.entries(found).filter(([, each]) => each !== undefined);
  const user = userOf(variables.raw(...own('user')) ?? keywords.become_user, confined, templates);
  return { user, ...(method === 'su' && { method }), ...Object.fromEntries(given) };
}
