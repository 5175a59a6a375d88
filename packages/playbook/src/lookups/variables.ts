import type { CallContext } from '@tenon/jinja/call-context';
import type { Lookup } from '@tenon/jinja/environment';
import { LookupError, UndefinedError } from '@tenon/jinja/errors';
import { getItem } from '@tenon/jinja/python/access';
import { assertDeepDefined } from '@tenon/jinja/python/convert';
import { pythonRegex } from '@tenon/jinja/python/regex';
import { typeName } from '@tenon/jinja/python/type-name';
import { isStr, plain } from '@tenon/jinja/text';
import { Undefined, type Value } from '@tenon/jinja/values';
import { ofTerms } from './of-terms.js';
import { trustedTerm } from './refuse.js';

function nameOf(term: Value): string {
  if (isStr(term)) return plain(term);
  const type = typeName(term);
  throw new LookupError(`Invalid setting identifier, "${type}" is not a string`, 'give names of variables');
}

/** A variable of the play, or else of the host in `hostvars`. */
function variable(name: string, context: CallContext): Value {
  const own = context.resolve(name);
  if (own !== undefined) return own;
  const host = context.resolve('inventory_hostname');
  const all = context.resolve('hostvars');
  const other = all !== undefined && host !== undefined ? getItem(getItem(all, host), name) : undefined;
  if (other !== undefined && !(other instanceof Undefined)) return other;
  throw new UndefinedError(`No variable found with this name: ${name}`, 'define it, or give `default=`');
}

function valueOrDefault(term: Value, fallback: Value, context: CallContext): Value {
  const name = nameOf(term);
  try {
    const value = variable(name, context);
    assertDeepDefined(value);
    return value;
  } catch (error) {
    if (error instanceof UndefinedError && fallback !== null) return fallback;
    throw error;
  }
}

function namesMatching(term: Value, context: CallContext): string[] {
  nameOf(term);
  const pattern = pythonRegex(trustedTerm('varnames', term));
  return [...(context.scope.names?.() ?? [])].filter((name) => name.search(pattern) >= 0);
}

/** The lookups on the variables of the run. */
export const variableLookups: Readonly<Record<string, Lookup>> = {
  vars: ofTerms(({ positional, named }, context) =>
    positional.map((term) => valueOrDefault(term, named.get('default') ?? null, context)),
  ),
  varnames: ofTerms(({ positional }, context) => positional.flatMap((term) => namesMatching(term, context))),
};
