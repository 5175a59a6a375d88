import type { CallContext } from '../call-context.js';
import { OperandError } from '../errors.js';
import { attributeReader } from '../python/attribute-path.js';
import { truth } from '../python/compare.js';
import { characters } from '../python/convert.js';
import { iterate } from '../python/iterate.js';
import { required, type Operation } from '../signature.js';
import type { CallArguments, Value } from '../values.js';

/** The items; none for what is false, such as None (Jinja2 does not even try to iterate it). */
function itemsIn(value: Value): readonly Value[] {
  return truth(value) ? iterate(value) : [];
}

/** A test by name with the rest of the arguments; without a name, the value itself. */
function tester(args: CallArguments, from: number, context: CallContext): (value: Value) => boolean {
  const name = args.positional[from];
  if (name === undefined) return truth;
  const rest = { positional: args.positional.slice(from + 1), named: args.named };
  return (value) => context.callTest(characters(name), value, rest);
}

const selecting =
  (wanted: boolean): Operation =>
  (input, args, context) => {
    const passes = tester(args, 0, context);
    return itemsIn(input).filter((item) => passes(item) === wanted);
  };

const selectingByAttribute =
  (wanted: boolean): Operation =>
  (input, args, context) => {
    const read = attributeReader(required(args.positional[0], 'attribute'));
    const passes = tester(args, 1, context);
    return itemsIn(input).filter((item) => passes(read(item)) === wanted);
  };

const map: Operation = (input, args, context) => {
  const [name, ...rest] = args.positional;
  const attribute = args.named.get('attribute');
  if (name === undefined) {
    const read = attributeReader(required(attribute, 'attribute'), args.named.get('default') ?? undefined);
    return itemsIn(input).map(read);
  }
  if (attribute !== undefined) throw new OperandError('map takes a filter or an attribute, not both');
  return itemsIn(input).map((item) =>
    context.callFilter(characters(name), item, { positional: rest, named: args.named }),
  );
};

/** Filters that apply a test or another filter to every item. */
export const selectFilters: Record<string, Operation> = {
  map,
  reject: selecting(false),
  rejectattr: selectingByAttribute(false),
  select: selecting(true),
  selectattr: selectingByAttribute(true),
};
