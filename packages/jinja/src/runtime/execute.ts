import { truth } from '../python/compare.js';
import { text } from '../python/convert.js';
import { readBack } from '../python/read-back.js';
import { iterate } from '../python/iterate.js';
import type {
  ExpressionOf,
  MacroNode,
  StatementKinds,
  StatementNode,
  StatementOf,
  TemplateNode,
} from '../syntax/ast.js';
import { concat, type Str } from '../text.js';
import { HostObject, PyFunction, Undefined, type Value } from '../values.js';
import { assign } from './assign.js';
import { blocksOf } from './blocks.js';
import { evaluate, FILTER_INPUT } from './evaluate.js';
import type { Frame } from './frame.js';
import { Loop } from './loop.js';
import { Macro } from './macro.js';
import { extend, importAll, importNames, include } from './other-templates.js';

/** What a statement tells the loop around it. */
type Signal = 'break' | 'continue' | undefined;
type Executor<K extends keyof StatementKinds> = (node: StatementOf<K>, frame: Frame, out: Str[]) => Signal;

/** How a value is printed: None as nothing (Ansible's finalize), all else as `str`. */
export function printed(value: Value): Str {
  return value === null ? '' : text(value);
}

function capture(body: readonly StatementNode[], frame: Frame): Str {
  const out: Str[] = [];
  executeAll(body, frame, out);
  return concat(out);
}

/** What macros and blocks print is read back as the whole of a template is: a macro that prints a list gives one. */
const runMacro = (body: MacroNode['body'], frame: Frame): Value => readBack(capture(body, frame));

function wanted(node: StatementOf<'for'>, items: readonly Value[], frame: Frame): readonly Value[] {
  const { condition } = node;
  if (condition === null) return items;
  return items.filter((item) => {
    const inside = frame.child();
    assign(node.target, item, inside);
    return truth(evaluate(condition, inside));
  });
}

function runLoop(
  node: StatementOf<'for'>,
  iterable: Value,
  at: { frame: Frame; depth: number; out: Str[] },
): Signal {
  const { frame, depth, out } = at;
  const items = wanted(node, iterate(iterable), frame);
  const recurse = (inner: Value, level: number): Str => {
    const captured: Str[] = [];
    runLoop(node, inner, { frame, depth: level, out: captured });
    return concat(captured);
  };
  const loop = new Loop(items, depth, node.isRecursive ? recurse : null);
  for (const [index, item] of items.entries()) {
    loop.index = index;
    const inside = frame.child(node.body);
    inside.set('loop', loop);
    assign(node.target, item, inside);
    const signal = executeAll(node.body, inside, out);
    if (signal === 'break') break;
  }
  return items.length === 0 ? executeAll(node.otherwise, frame.child(node.otherwise), out) : undefined;
}

function captureBlock(bodies: readonly (readonly StatementNode[])[], frame: Frame): Value {
  const captured: Str[] = [];
  runBlock(bodies, frame, captured);
  return readBack(concat(captured));
}

/** The most derived body of a block; `super()` inside it is the next one. */
function runBlock(bodies: readonly (readonly StatementNode[])[], frame: Frame, out: Str[]): void {
  const [body = [], ...rest] = bodies;
  const inside = frame.apart(body);
  const parent = (): Value => captureBlock(rest, frame);
  inside.set(
    'super',
    rest.length > 0 ? new PyFunction('super', parent) : new Undefined("there is no parent block for 'super'"),
  );
  executeAll(body, inside, out);
}

const executors: { [K in keyof StatementKinds]: Executor<K> } = {
  data: ({ text: literal }, _frame, out) => {
    out.push(literal);
    return undefined;
  },
  print: ({ expression }, frame, out) => {
    out.push(printed(evaluate(expression, frame)));
    return undefined;
  },
  for: (node, frame, out) => runLoop(node, evaluate(node.iterable, frame), { frame, depth: 1, out }),
  if: ({ branches, otherwise }, frame, out) => {
    const branch = branches.find(({ test }) => truth(evaluate(test, frame)));
    return executeAll(branch?.body ?? otherwise, frame, out);
  },
  set: ({ target, value }, frame) => {
    assign(target, evaluate(value, frame), frame);
    return undefined;
  },
  setBlock: ({ target, filter, body }, frame) => {
    const inside = frame.child(body);
    const captured = readBack(capture(body, inside));
    inside.set(FILTER_INPUT, captured);
    assign(target, filter === null ? captured : evaluate(filter, inside), frame);
    return undefined;
  },
  with: ({ bindings, body }, frame, out) => {
    const inside = frame.child(body);
    for (const [target, value] of bindings) assign(target, evaluate(value, frame), inside);
    return executeAll(body, inside, out);
  },
  filterBlock: ({ filter, body }, frame, out) => {
    const inside = frame.child(body);
    inside.set(FILTER_INPUT, readBack(capture(body, inside)));
    out.push(printed(evaluate(filter, inside)));
    return undefined;
  },
  macro: (node, frame) => {
    frame.set(node.name, new Macro(node, frame, runMacro));
    return undefined;
  },
  callBlock: ({ call, caller }, frame, out) => {
    const macro = new Macro(caller, frame, runMacro);
    const named: ExpressionOf<'call'>['args']['named'] = [
      ...call.args.named,
      ['caller', { kind: 'constant', value: macro, at: call.at }],
    ];
    out.push(printed(evaluate({ ...call, args: { ...call.args, named } }, frame)));
    return undefined;
  },
  do: ({ expression }, frame) => {
    evaluate(expression, frame);
    return undefined;
  },
  break: () => 'break',
  continue: () => 'continue',
  block: ({ name, body }, frame, out) => {
    // Once the template extends another, its blocks are printed where the other has them.
    if (frame.render.parent !== null) return undefined;
    runBlock(frame.render.blocks.get(name) ?? [body], frame, out);
    return undefined;
  },
  extends: (node, frame) => {
    extend(node, frame);
    return undefined;
  },
  include: (node, frame, out) => {
    include(node, frame, out, runTemplate);
    return undefined;
  },
  import: (node, frame) => {
    importAll(node, frame, runTemplate);
    return undefined;
  },
  fromImport: (node, frame) => {
    importNames(node, frame, runTemplate);
    return undefined;
  },
};

function execute<K extends keyof StatementKinds>(node: StatementOf<K>, frame: Frame, out: Str[]): Signal {
  const executor: Executor<K> = executors[node.kind];
  return executor(node, frame, out);
}

/** Runs statements in a frame; what they print is appended to `out`. */
function executeAll(body: readonly StatementNode[], frame: Frame, out: Str[]): Signal {
  for (const node of body) {
    const signal = execute(node, frame, out);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

/** `self`: the blocks of the template, to be printed again. */
class Blocks extends HostObject {
  readonly typeName = 'TemplateReference';

  constructor(private readonly frame: Frame) {
    super();
  }

  override attribute(name: string): Value | undefined {
    const bodies = this.frame.render.blocks.get(name);
    return bodies && new PyFunction(name, () => captureBlock(bodies, this.frame));
  }
}

/** What only prints does nothing once the template extends another. */
const PRINTING: ReadonlySet<StatementNode['kind']> = new Set(['block', 'data', 'print']);

/**
 * Runs a whole template. Once it extends another, only what it sets and its blocks count: the text of the
 * whole is the other's.
 */
export function runTemplate(template: TemplateNode, frame: Frame, out: Str[]): void {
  const { render } = frame;
  frame.runs(template.body);
  for (const [name, body] of blocksOf(template.body)) {
    render.blocks.set(name, [...(render.blocks.get(name) ?? []), body]);
    frame.set('self', new Blocks(frame));
  }
  for (const node of template.body) {
    if (render.parent === null) execute(node, frame, out);
    else if (!PRINTING.has(node.kind)) execute(node, frame, []);
  }
  const { parent } = render;
  render.parent = null;
  if (parent !== null) runTemplate(parent, frame, out);
}
