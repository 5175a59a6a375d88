import { DateTime } from '../dates/date-time.js';
import { calendarOf, strftime } from '../dates/strftime.js';
import { Dict } from '../dict.js';
import { OperandError, UndefinedError } from '../errors.js';
import { truth } from '../python/compare.js';
import { characters, integer } from '../python/convert.js';
import { pairsOf } from '../python/dict-methods.js';
import { assertHashable } from '../python/hashable.js';
import { bind, required } from '../signature.js';
import { concat, isStr } from '../text.js';
import { PyFunction, Undefined, type CallArguments, type Value } from '../values.js';
import type { CallContext } from '../call-context.js';
import { Cycler, Joiner } from './cycler-and-joiner.js';
import { Namespace } from './namespace.js';

/** A range of more items than this is refused: a template must not exhaust the memory. */
const MAX_RANGE = 1_000_000;

function range({ positional }: CallArguments): Value {
  const given = positional.map(integer);
  const [start = 0, stop = 0, step = 1] = given.length === 1 ? [0, ...given] : given;
  if (step === 0) throw new OperandError('range() arg 3 must not be zero');
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > MAX_RANGE) throw new OperandError(`range of ${length} items is too large`);
  return Array.from({ length }, (_, index) => start + index * step);
}

function dict(args: CallArguments): Value {
  const [pairs = []] = args.positional;
  const given = pairsOf(pairs);
  for (const [key] of given) assertHashable(key);
  return new Dict([...given, ...args.named]);
}

/** `lookup`: the results as one text with commas; one that is no text as it is, several of which one is no text as a list. */
function lookup(args: CallArguments, context: CallContext): Value {
  const { found, wantList } = search(args, context);
  if (wantList) return found ?? [];
  if (found === undefined) return null;
  if (found.length > 0 && found.every(isStr)) return concat(found, ',');
  return found.length === 1 ? (found[0] ?? null) : found;
}

interface Search {
  /** Undefined when the lookup failed and `errors` says to go on. */
  readonly found: Value[] | undefined;
  readonly wantList: boolean;
}

function search({ positional, named }: CallArguments, context: CallContext): Search {
  const [name, ...terms] = positional;
  const { wantlist = false, errors = 'strict', ...options } = Object.fromEntries(named);
  const rest = {
    positional: terms.map((term) => context.templateValue(term)),
    named: new Map(Object.entries(options)),
  };
  const wantList = truth(wantlist);
  try {
    return { found: context.lookup(characters(required(name, 'name')), rest), wantList };
  } catch (error) {
    if (characters(errors) === 'strict' || error instanceof UndefinedError) throw error;
    return { found: undefined, wantList };
  }
}

const query = (args: CallArguments, context: CallContext): Value => search(args, context).found ?? [];

const functions: Record<string, (args: CallArguments, context: CallContext) => Value> = {
  cycler: ({ positional }) => new Cycler(positional),
  dict,
  joiner: (args) => new Joiner(bind(['sep'], args)[0] ?? ', '),
  lookup,
  now: (args) => {
    const [utc = false, format = null] = bind(['utc', 'fmt'], args);
    // Without a zone, as Python's now() and utcnow() are.
    const calendar = { ...calendarOf(new Date(), truth(utc)), offset: undefined };
    return format === null ? new DateTime(calendar) : strftime(characters(format), calendar);
  },
  namespace: (args) => new Namespace(new Dict([...pairsOf(args.positional[0] ?? []), ...args.named])),
  q: query,
  query,
  range,
  undef: (args) =>
    new Undefined(characters(bind(['hint'], args)[0] ?? 'Mandatory variable has not been overridden')),
};

/** The functions every template can call. */
export const builtInGlobals: ReadonlyMap<string, Value> = new Map(
  Object.entries(functions).map(([name, run]) => [name, new PyFunction(name, run)]),
);
