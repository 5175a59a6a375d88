import { orElse } from '../or-else.js';
import { Dict } from '../dict.js';
import { OperandError } from '../errors.js';
import { getAttribute, getItem } from '../python/access.js';
import { assertDefined, truth } from '../python/compare.js';
import { text } from '../python/convert.js';
import { assertHashable } from '../python/hashable.js';
import { iterate } from '../python/iterate.js';
import { binary, comparisons, signed } from '../python/operators.js';
import { sliceOf } from '../python/slice.js';
import type { ArgumentNodes, ExpressionKinds, ExpressionNode, ExpressionOf } from '../syntax/ast.js';
import { concat, hasTaint, isStr, plain } from '../text.js';
import { Tuple, Undefined, type CallArguments, type Value } from '../values.js';
import type { Frame } from './frame.js';

type Evaluators = { [K in keyof ExpressionKinds]: (node: ExpressionOf<K>, frame: Frame) => Value };

/** A key of `**options` as an argument's name; a tainted one names nothing, for a name has no taint. */
function argumentName(key: Value): string {
  if (isStr(key) && !hasTaint(key)) return plain(key);
  throw new OperandError('keywords must be trusted strings', 'give the arguments by name');
}

/** The arguments of a call, evaluated in the order they are written. */
function evaluateArguments(args: ArgumentNodes, frame: Frame): CallArguments {
  const positional = args.positional.map((node) => evaluate(node, frame));
  if (args.rest !== null) positional.push(...iterate(evaluate(args.rest, frame)));
  const named = new Map(args.named.map(([name, node]) => [name, evaluate(node, frame)]));
  if (args.options !== null) {
    const options = evaluate(args.options, frame);
    if (!(options instanceof Map)) throw new OperandError('argument after ** must be a mapping');
    for (const [key, value] of options) named.set(argumentName(key), value);
  }
  return { positional, named };
}

function compareChain(node: ExpressionOf<'compare'>, frame: Frame): boolean {
  let left = evaluate(node.left, frame);
  for (const [operator, operand] of node.rest) {
    const right = evaluate(operand, frame);
    frame.render.at = node.at;
    if (comparisons[operator]?.(left, right) !== true) return false;
    left = right;
  }
  return true;
}

function optional(node: ExpressionNode | null, frame: Frame): Value | undefined {
  return node === null ? undefined : evaluate(node, frame);
}

function test(node: ExpressionOf<'test'>, frame: Frame): boolean {
  const input = evaluate(node.input, frame);
  const args = evaluateArguments(node.args, frame);
  frame.render.at = node.at;
  return frame.render.callTest(node.name, input, args) !== node.negated;
}

const evaluators: Evaluators = {
  constant: ({ value }) => value,
  name: ({ name, at }, frame) => {
    frame.render.at = at;
    return orElse(frame.get(name), () => frame.render.missing(name));
  },
  list: ({ items }, frame) => items.map((item) => evaluate(item, frame)),
  tuple: ({ items }, frame) => new Tuple(items.map((item) => evaluate(item, frame))),
  dict: ({ entries }, frame) =>
    new Dict(
      entries.map(([key, value]) => {
        const name = evaluate(key, frame);
        if (!isStr(name)) assertHashable(name);
        return [name, evaluate(value, frame)];
      }),
    ),
  not: ({ operand }, frame) => !truth(evaluate(operand, frame)),
  sign: ({ operator, operand, at }, frame) => {
    const value = evaluate(operand, frame);
    frame.render.at = at;
    return signed(operator, value);
  },
  binary: (node, frame) => {
    const left = evaluate(node.left, frame);
    const right = evaluate(node.right, frame);
    frame.render.at = node.at;
    return binary(node.operator, left, right);
  },
  logic: ({ operator, left, right }, frame) => {
    const first = evaluate(left, frame);
    return truth(first) === (operator === 'or') ? first : evaluate(right, frame);
  },
  compare: compareChain,
  concat: ({ items }, frame) => concat(items.map((item) => text(evaluate(item, frame)))),
  condition: ({ test: condition, then, otherwise, at }, frame) => {
    if (truth(evaluate(condition, frame))) return evaluate(then, frame);
    if (otherwise !== null) return evaluate(otherwise, frame);
    return new Undefined(
      `the inline if-expression at offset ${at} evaluated to false and no else was given`,
      false,
    );
  },
  attribute: ({ object, name, at }, frame) => {
    const value = evaluate(object, frame);
    frame.render.at = at;
    return getAttribute(value, name);
  },
  item: ({ object, key, at }, frame) => {
    const [value, index] = [evaluate(object, frame), evaluate(key, frame)];
    frame.render.at = at;
    return getItem(value, index);
  },
  slice: ({ object, start, stop, step, at }, frame) => {
    const value = evaluate(object, frame);
    const bounds = {
      start: optional(start, frame),
      stop: optional(stop, frame),
      step: optional(step, frame),
    };
    frame.render.at = at;
    return sliceOf(value, bounds);
  },
  call: ({ callee, args, at }, frame) => {
    const target = evaluate(callee, frame);
    const given = evaluateArguments(args, frame);
    frame.render.at = callee.at;
    assertDefined(target);
    frame.render.at = at;
    return frame.render.call(target, given);
  },
  filter: ({ input, name, args, at }, frame) => {
    // Without an input it stands in a filter block, whose text is kept under a name nobody can write.
    const value = input === null ? (frame.get(FILTER_INPUT) ?? '') : evaluate(input, frame);
    const given = evaluateArguments(args, frame);
    frame.render.at = at;
    return frame.render.callFilter(name, value, given);
  },
  test,
};

/** Where a filter block keeps the text it filters. */
export const FILTER_INPUT = '{filter input}';

/** The value of an expression. A missing name gives an Undefined, not an error. */
export function evaluate<K extends keyof ExpressionKinds>(node: ExpressionOf<K>, frame: Frame): Value {
  const evaluator: (node: ExpressionOf<K>, frame: Frame) => Value = evaluators[node.kind];
  return evaluator(node, frame);
}
