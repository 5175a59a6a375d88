import { isStr } from '../text.js';
import { HostObject, PyFloat, Tuple, Undefined, type Value } from '../values.js';

const PRIMITIVES: Partial<Record<string, string>> = { boolean: 'bool', number: 'int', bigint: 'int' };

/** The name of a value's Python type, for error texts and `type_debug`. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (isStr(value)) return 'str';
  if (Array.isArray(value)) return 'list';
  if (value instanceof PyFloat) return 'float';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Map) return 'dict';
  if (value instanceof Undefined) return 'AnsibleUndefined';
  return value instanceof HostObject ? value.typeName : (PRIMITIVES[typeof value] ?? typeof value);
}
