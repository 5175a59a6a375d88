import type { CallContext } from './call-context.js';
import { Dict } from './dict.js';
import { OperandError } from './errors.js';
import type { CallArguments, Value } from './values.js';

/** Arguments in the order of their parameters; undefined where none was given, so that defaults apply. */
export type Bound = readonly (Value | undefined)[];

/** A filter, test or method: the value it stands at, its arguments, and the evaluation that calls it. */
export type Operation<T extends Value = Value, R extends Value = Value> = (
  input: T,
  args: CallArguments,
  context: CallContext,
) => R;

/** No arguments. */
export const NO_ARGUMENTS: CallArguments = { positional: [], named: new Map() };

/** Positional arguments. */
export function positional(...values: readonly Value[]): CallArguments {
  return { positional: values, named: new Map() };
}

function isVariadic(parameter: string): boolean {
  return parameter.startsWith('*');
}

function bindNamed(parameters: readonly string[], args: CallArguments, bound: (Value | undefined)[]): void {
  const options = parameters.findIndex((parameter) => parameter.startsWith('**'));
  const extra = new Dict();
  for (const [name, value] of args.named) {
    const index = parameters.indexOf(name);
    if (index >= 0 && bound[index] !== undefined)
      throw new OperandError(`got multiple values for argument '${name}'`);
    if (index >= 0) bound[index] = value;
    else if (options >= 0) extra.set(name, value);
    else
      throw new OperandError(
        `got an unexpected keyword argument '${name}'`,
        `use one of: ${parameters.join(', ') || 'none'}`,
      );
  }
  if (options >= 0) bound[options] = extra;
}

/**
 * Puts arguments in the order of `parameters`. A last `*rest` takes the remaining positional ones as a
 * list, a last `**options` the remaining named ones as a dictionary. Throws OperandError for what fits nowhere.
 */
export function bind(parameters: readonly string[], args: CallArguments): Bound {
  const rest = parameters.findIndex((parameter) => isVariadic(parameter) && !parameter.startsWith('**'));
  // What stands after `*rest` can be given by name only.
  const inOrder =
    rest >= 0 ? parameters.slice(0, rest) : parameters.filter((parameter) => !isVariadic(parameter));
  const bound: (Value | undefined)[] = args.positional.slice(0, inOrder.length);
  if (rest >= 0) bound[rest] = args.positional.slice(rest);
  else if (args.positional.length > inOrder.length) {
    throw new OperandError(`takes at most ${inOrder.length} argument(s), got ${args.positional.length}`);
  }
  bindNamed(parameters, args, bound);
  return bound;
}

/** A filter, test or method with named parameters. */
export function define<T extends Value, R extends Value>(
  parameters: readonly string[],
  run: (input: T, args: Bound, context: CallContext) => R,
): Operation<T, R> {
  return (input, args, context) => run(input, bind(parameters, args), context);
}

/** An argument that must be given. Throws OperandError with its name. */
export function required(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new OperandError(`missing 1 required positional argument: '${name}'`);
  return value;
}
