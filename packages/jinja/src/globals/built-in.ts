import { DateTime } from '../dates/date-time.js';
import { calendarOf, strftime } from '../dates/strftime.js';
import { Dict } from '../dict.js';
import { OperandError } from '../errors.js';
import { truth } from '../python/compare.js';
import { characters, integer } from '../python/convert.js';
import { pairsOf } from '../python/dict-methods.js';
import { bind, required } from '../signature.js';
import { markUnsafe, PyFunction, Undefined, type CallArguments, type Value } from '../values.js';
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
  return new Dict([...pairsOf(pairs), ...args.named]);
}

/** `lookup`: the results as one text with commas, or as they are when there is one that is no text. */
function lookup(args: CallArguments, context: CallContext): Value {
  const { found, wantList } = search(args, context);
  if (wantList) return found;
  if (found.length === 1) return found[0] ?? null;
  return found.length === 0 ? [] : context.callFilter('join', found, { positional: [','], named: new Map() });
}

/** What a lookup finds is data from elsewhere: tainted, unless `allow_unsafe` says otherwise (as in Ansible). */
function search(
  { positional, named }: CallArguments,
  context: CallContext,
): { found: Value[]; wantList: boolean } {
  const [name, ...terms] = positional;
  const {
    wantlist = false,
    errors = 'strict',
    allow_unsafe: trusted = false,
    ...options
  } = Object.fromEntries(named);
  const rest = { positional: terms, named: new Map(Object.entries(options)) };
  try {
    const found = context.lookup(characters(required(name, 'name')), rest);
    return { found: truth(trusted) ? found : found.map(markUnsafe), wantList: truth(wantlist) };
  } catch (error) {
    if (characters(errors) === 'strict') throw error;
    return { found: [], wantList: truth(wantlist) };
  }
}

const query = (args: CallArguments, context: CallContext): Value => search(args, context).found;

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
