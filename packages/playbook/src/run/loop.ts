import { UndefinedError } from '@tenon/jinja/errors';
import { isStr, plain } from '@tenon/jinja/text';
import { fromJs, pyStr, Tuple, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../modules/module.js';
import type { Loop } from '../parse/tree.js';
import type { Variables } from '../vars/layered-scope.js';
import { originOf, type Templates } from './run.js';

function asList(value: Value): Value[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Tuple ? [...value.items] : undefined;
}

/** What something is, without saying what is in it: that may be a secret. */
function typeOf(value: Value): string {
  if (isStr(value)) return 'a text';
  if (value === null) return 'nothing';
  return value instanceof Map ? 'a dictionary' : 'something else';
}

/** An item as its variable: what is read from a variable holds no tuples (Ansible 2.14). */
function asVariable(item: Value): Value {
  return asList(item)?.map(asVariable) ?? item;
}

/** The terms of first_found that can be known; one that needs what is not defined is no candidate. */
function candidates(templates: Templates, source: Value): Value[] {
  return (asList(source) ?? [source]).flatMap((term): Value[] => {
    try {
      const known = templates.value(term);
      return asList(known) ?? [known];
    } catch (error) {
      if (error instanceof UndefinedError) return [];
      throw error;
    }
  });
}

/** The items of a loop; `with_x` is a query of the lookup x. Throws TemplateError, and ModuleError when it is no list. */
export function loopItems(templates: Templates, loop: Loop, file: string): Value[] {
  const origin = originOf(loop.at, file);
  const { jinja, scope } = templates;
  if (loop.kind !== 'loop') {
    const known =
      loop.kind === 'first_found' ? candidates(templates, loop.source) : templates.value(loop.source, origin);
    const terms = asList(known) ?? [known];
    const asked = scope.with(new Map<string, Value>([['loop_terms', terms]]));
    const name = loop.kind.replaceAll(/[^\w.]/g, '');
    return asList(jinja.evaluate(`query('${name}', *loop_terms)`, asked, origin))?.map(asVariable) ?? [];
  }
  const list = asList(templates.value(loop.source, origin));
  if (list !== undefined) return list.map(asVariable);
  const got = typeOf(templates.value(loop.source, origin));
  throw new ModuleError(
    `Invalid data passed to 'loop', it requires a list, got this instead: ${got}. Hint: If you passed a list/dict of just one element, ` +
      `try adding wantlist=True to your lookup invocation or use q/query instead of lookup.`,
  );
}

function extended(items: readonly Value[], index: number, allItems: boolean): Value {
  const { length } = items;
  return fromJs({
    index: index + 1,
    index0: index,
    first: index === 0,
    last: index === length - 1,
    length,
    revindex: length - index,
    revindex0: length - index - 1,
    ...(allItems && { allitems: [...items] }),
    ...(index > 0 && { previtem: items[index - 1] }),
    ...(index < length - 1 && { nextitem: items[index + 1] }),
  });
}

/** The names and settings of a loop, worked out once. */
export interface LoopControl {
  readonly variable: string;
  readonly indexVariable: string | undefined;
  readonly extended: boolean;
  readonly allItems: boolean;
  readonly pauseMs: number;
}

export function loopControl(templates: Templates, loop: Loop): LoopControl {
  return {
    variable: templates.text(loop.variable) ?? 'item',
    indexVariable: templates.text(loop.indexVariable),
    extended: templates.flag(loop.extended) ?? false,
    allItems: templates.flag(loop.allItems) ?? true,
    pauseMs: templates.milliseconds(loop.pause) ?? 0,
  };
}

/** What a task sees of the loop it is in; the same stands in the item's result. */
export function loopVariables(
  control: LoopControl,
  items: readonly Value[],
  index: number,
): Variables & Map<string, Value> {
  const variables = new Map<string, Value>([
    [control.variable, items[index] ?? null],
    ['ansible_loop_var', control.variable],
  ]);
  if (control.indexVariable !== undefined) {
    variables.set(control.indexVariable, index);
    variables.set('ansible_index_var', control.indexVariable);
  }
  if (control.extended) variables.set('ansible_loop', extended(items, index, control.allItems));
  return variables;
}

/** What is said for an item. */
export function labelOf(templates: Templates, loop: Loop, item: Value): string {
  return loop.label === undefined ? plain(pyStr(item)) : templates.shown(loop.label);
}
