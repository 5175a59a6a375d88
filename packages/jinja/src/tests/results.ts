import { dictHas } from '../dict.js';
import { OperandError } from '../errors.js';
import { getItem } from '../python/access.js';
import { truth } from '../python/compare.js';
import { typeName } from '../python/type-name.js';
import { define, type Operation } from '../signature.js';
import { LazyMap, Undefined, type Value } from '../values.js';

/** Whether a registered result has a true member of this name. */
function has(result: Value, name: string, test: string): boolean {
  if (!(result instanceof Map) && !(result instanceof LazyMap)) {
    throw new OperandError(
      `The '${test}' test expects a dictionary, got ${typeName(result)}`,
      'test a registered result',
    );
  }
  const value = getItem(result, name);
  return !(value instanceof Undefined) && truth(value);
}

const member = (name: string, test: string): Operation => define([], (input) => has(input, name, test));

function hasChanged(result: Value): boolean {
  if (has(result, 'changed', 'changed')) return true;
  const results = getItem(result, 'results');
  return (
    Array.isArray(results) && results.some((each) => each instanceof Map && has(each, 'changed', 'changed'))
  );
}

const failed = member('failed', 'failed');
const changed: Operation = define([], hasChanged);
const skipped = member('skipped', 'skipped');
const succeeded: Operation = define([], (input) => !has(input, 'failed', 'success'));

/** Of an async job; a task that was none counts as done. */
const asyncState = (name: string): Operation =>
  define([], (input) => has(input, name, name) || !(input instanceof Map && dictHas(input, name)));

/** Tests about a task's registered result. */
export const resultTests: Record<string, Operation> = {
  change: changed,
  changed,
  failed,
  failure: failed,
  finished: asyncState('finished'),
  reachable: define([], (input) => !has(input, 'unreachable', 'reachable')),
  skip: skipped,
  skipped,
  started: asyncState('started'),
  succeeded,
  success: succeeded,
  successful: succeeded,
  unreachable: member('unreachable', 'unreachable'),
};
