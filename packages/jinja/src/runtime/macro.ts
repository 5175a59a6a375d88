import { orElse } from '../or-else.js';
import { Dict } from '../dict.js';
import { OperandError } from '../errors.js';
import type { MacroNode } from '../syntax/ast.js';
import { HostObject, Tuple, Undefined, type CallArguments, type Value } from '../values.js';
import { evaluate } from './evaluate.js';
import type { Frame } from './frame.js';
import { namesIn } from './name-use.js';

/** Renders a body in a frame; given by the statements' file, which is above this one. */
export type RunBody = (body: MacroNode['body'], frame: Frame) => Value;

const known = new WeakMap<MacroNode, ReadonlySet<string>>();
const SPECIAL = new Set(['varargs', 'kwargs', 'caller']);

/** Which of the special names the body of a macro uses. */
function wordsOf(node: MacroNode): ReadonlySet<string> {
  const found = known.get(node) ?? new Set(namesIn(node.body).filter((name) => SPECIAL.has(name)));
  known.set(node, found);
  return found;
}

/** A `{% macro %}`, or the body of a `{% call %}`, as something to call. */
export class Macro extends HostObject {
  readonly typeName = 'macro';

  constructor(
    private readonly node: MacroNode,
    private readonly frame: Frame,
    private readonly run: RunBody,
  ) {
    super();
  }

  override attribute(name: string): Value | undefined {
    if (name === 'name') return this.node.name;
    return name === 'arguments'
      ? new Tuple(this.node.parameters.map((parameter) => parameter.name))
      : undefined;
  }

  /** What a macro does not take is an error, unless its body speaks of `varargs`, `kwargs` or `caller`. */
  private refuseTooMuch({ positional, named }: CallArguments): void {
    const { parameters, name } = this.node;
    const words = wordsOf(this.node);
    if (positional.length > parameters.length && !words.has('varargs'))
      throw new OperandError(`macro '${name}' takes not more than ${parameters.length} argument(s)`);
    const known = new Set(parameters.map((parameter) => parameter.name));
    const isTaken = (key: string): boolean =>
      known.has(key) || words.has('kwargs') || (key === 'caller' && words.has('caller'));
    const extra = [...named.keys()].find((key) => !isTaken(key));
    if (extra !== undefined) throw new OperandError(`macro '${name}' takes no keyword argument '${extra}'`);
  }

  override readonly call = (args: CallArguments): Value => {
    const { parameters, body, name } = this.node;
    const inside = this.frame.child(body);
    this.refuseTooMuch(args);
    const named = new Map(args.named);
    parameters.forEach(({ name: parameter, fallback }, index) => {
      const given = orElse(args.positional[index], () => named.get(parameter));
      named.delete(parameter);
      const missing = () => new Undefined(`parameter '${parameter}' was not provided`);
      const otherwise = () => (fallback === null ? missing() : evaluate(fallback, inside));
      inside.set(parameter, orElse(given, otherwise));
    });
    const caller = named.get('caller');
    named.delete('caller');
    inside.set(
      'caller',
      caller ?? new Undefined(`'caller' is undefined: '${name}' was not used by a call block`),
    );
    inside.set('varargs', new Tuple(args.positional.slice(parameters.length)));
    inside.set('kwargs', new Dict(named));
    return this.run(body, inside);
  };
}
