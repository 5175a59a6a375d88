import { LookupError } from '@tenon/jinja/errors';
import type { Value } from '@tenon/jinja/values';
import { readPairs } from '../parse/key-value.js';

/** Options by name; what a term says about them stands in front of what the call says. */
export type Options = ReadonlyMap<string, Value>;

export interface Term {
  /** What is no `name=value`. */
  readonly key: string;
  readonly options: Options;
}

/** A term with options inside it: `key file=users.csv col=2`. Throws LookupError for an option that is not known. */
export function readTerm(lookup: string, term: string, options: Options, known: readonly string[]): Term {
  const { options: inline, rest } = readPairs(term);
  const unknown = [...inline.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new LookupError(`'${unknown}' is no option of the lookup '${lookup}'`, `use ${known.join(', ')}`);
  return { key: rest, options: new Map<string, Value>([...options, ...inline]) };
}
