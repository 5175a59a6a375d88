import { plain } from '@tenon/jinja/text';
import { pyStr } from '@tenon/jinja/values';
import { ModuleError, type ModuleContext } from '../module.js';

/** A name that set_fact and set_stats give, which may be a template. Throws ModuleError for what cannot name a variable. */
export function variableName(written: string, { jinja, scope, origin }: ModuleContext): string {
  const name = written.includes('{{') ? plain(pyStr(jinja.templateValue(written, scope, origin))) : written;
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw new ModuleError(
    `The variable name '${name}' is not valid. Variables must start with a letter or underscore character, and contain only letters, numbers and underscores.`,
  );
}
