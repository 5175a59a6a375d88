import { orElse } from '../or-else.js';
import { Dict } from '../dict.js';
import type { MacroNode } from '../syntax/ast.js';
import type { Str } from '../text.js';
import { HostObject, Tuple, Undefined, type CallArguments, type Value } from '../values.js';
import { evaluate } from './evaluate.js';
import type { Frame } from './frame.js';

/** Renders a body in a frame; given by the statements' file, which is above this one. */
export type RunBody = (body: MacroNode['body'], frame: Frame) => Str;

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

  override readonly call = (args: CallArguments): Value => {
    const inside = this.frame.child();
    const { parameters, body, name } = this.node;
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
