import { Dict } from '@tenon/jinja/dict';
import { isStr } from '@tenon/jinja/text';
import { fromJs, Tuple, type Value } from '@tenon/jinja/values';
import { ModuleError } from '../modules/module.js';
import type { Loop } from '../parse/tree.js';
import type { LayeredScope, Variables } from '../vars/layered-scope.js';
import type { Run } from './run.js';

function asList(value: Value): Value[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Tuple ? [...value.items] : undefined;
}

/** with_items flattens one level. */
function flatten(value: Value): Value[] {
  return (asList(value) ?? [value]).flatMap((item) => asList(item) ?? [item]);
}

/** The items of a loop. Throws TemplateError, and ModuleError when it is no list. */
export function loopItems(run: Run, loop: Loop, scope: LayeredScope, file: string): Value[] {
  const value = run.jinja.templateValue(loop.source, scope, run.origin(loop.at, file));
  if (loop.kind === 'items') return flatten(value);
  if (loop.kind === 'dict' && value instanceof Map) {
    return [...value].map(
      ([key, item]) =>
        new Dict([
          ['key', key],
          ['value', item],
        ]),
    );
  }
  const list = asList(value);
  if (list !== undefined && loop.kind !== 'dict') return list;
  const got = isStr(value)
    ? 'a text'
    : value === null
      ? 'nothing'
      : value instanceof Map
        ? 'a dictionary'
        : 'something else';
  throw new ModuleError(
    `Invalid data passed to '${loop.kind}', it requires a ${loop.kind === 'dict' ? 'dict' : 'list'}, got ${got} instead`,
  );
}

function extended(items: readonly Value[], index: number): Value {
  const { length } = items;
  return fromJs({
    allitems: [...items],
    index: index + 1,
    index0: index,
    first: index === 0,
    last: index === length - 1,
    length,
    revindex: length - index,
    revindex0: length - index - 1,
    ...(index > 0 && { previtem: items[index - 1] }),
    ...(index < length - 1 && { nextitem: items[index + 1] }),
  });
}

/** What a task sees of the loop it is in. */
export function loopVariables(loop: Loop, items: readonly Value[], index: number): Variables {
  const variables = new Map<string, Value>([
    [loop.variable, items[index] ?? null],
    ['ansible_loop_var', loop.variable],
  ]);
  if (loop.indexVariable !== undefined) variables.set(loop.indexVariable, index);
  if (loop.extended === true) variables.set('ansible_loop', extended(items, index));
  return variables;
}
