import type { Scope } from '../call-context.js';
import { TemplateError } from '../errors.js';
import { located } from '../locate.js';
import { text } from '../python/convert.js';
import type { ExpressionNode, StatementOf, TemplateNode } from '../syntax/ast.js';
import { isStr, plain, type Str } from '../text.js';
import { HostObject, Undefined, type Value } from '../values.js';
import { evaluate } from './evaluate.js';
import { Frame } from './frame.js';
import { Render } from './render.js';

/** Runs a whole template in a frame; given by the statements' file, which is above this one. */
export type RunTemplate = (template: TemplateNode, frame: Frame, out: Str[]) => void;

interface Loaded {
  readonly name: string;
  readonly template: TemplateNode;
}

/** The first of the named templates that exists. Throws the last one's error. */
function load(expression: ExpressionNode, frame: Frame): Loaded {
  const value = evaluate(expression, frame);
  const names = (Array.isArray(value) && !isStr(value) ? value : [value]).map((name) => plain(text(name)));
  let problem: unknown = new TemplateError('no template was named', 'give a name');
  for (const name of names) {
    try {
      return { name, template: frame.render.runtime.load(name) };
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

/** Runs another template, and says in an error that it was in there. */
function runIn({ name, template }: Loaded, frame: Frame, run: () => void): void {
  try {
    run();
  } catch (error) {
    throw located(error, template.source, frame.render.at, { file: name });
  }
}

const NO_VARIABLES: Scope = new Map<string, Value>();

function frameFor(frame: Frame, withContext: boolean): Frame {
  const render = new Render(frame.render.runtime, withContext ? frame.render.scope : NO_VARIABLES);
  return withContext ? frame.apart([], render) : new Frame(render);
}

export function include(node: StatementOf<'include'>, frame: Frame, out: Str[], run: RunTemplate): void {
  let loaded: Loaded;
  try {
    loaded = load(node.template, frame);
  } catch (error) {
    if (node.ignoreMissing && error instanceof TemplateError && error.code === 'MISSING') return;
    throw error;
  }
  const inside = frameFor(frame, node.withContext);
  runIn(loaded, inside, () => {
    run(loaded.template, inside, out);
  });
}

/** An imported template: what it set, macros above all. */
class TemplateModule extends HostObject {
  readonly typeName = 'TemplateModule';

  constructor(private readonly frame: Frame) {
    super();
  }

  override attribute(name: string): Value | undefined {
    return name.startsWith('_') ? undefined : this.frame.exports().get(name);
  }
}

function importModule(
  node: StatementOf<'import' | 'fromImport'>,
  frame: Frame,
  run: RunTemplate,
): TemplateModule {
  const loaded = load(node.template, frame);
  const inside = frameFor(frame, node.withContext);
  runIn(loaded, inside, () => {
    run(loaded.template, inside, []);
  });
  return new TemplateModule(inside);
}

export function importAll(node: StatementOf<'import'>, frame: Frame, run: RunTemplate): void {
  frame.set(node.target, importModule(node, frame, run));
}

export function importNames(node: StatementOf<'fromImport'>, frame: Frame, run: RunTemplate): void {
  const module = importModule(node, frame, run);
  for (const [name, alias] of node.names) {
    frame.set(alias, module.attribute(name) ?? new Undefined(`the template does not export '${name}'`));
  }
}

/** Notes the template that the current one extends; it is rendered when this one has run. */
export function extend(node: StatementOf<'extends'>, frame: Frame): void {
  frame.render.parent = load(node.template, frame).template;
}
