import { UndefinedError } from '../errors.js';
import { orElse } from '../or-else.js';
import { dictGet } from '../dict.js';
import type { CallContext } from '../call-context.js';
import { isStr, notNative, plain } from '../text.js';
import {
  HostObject,
  PyFloat,
  PyFunction,
  Tuple,
  Undefined,
  type CallArguments,
  type Value,
} from '../values.js';
import { codePointLength, codePointSlice } from './code-points.js';
import { assertDefined } from './compare.js';
import { dictMethods } from './dict-methods.js';
import { listMethods } from './list-methods.js';
import { floatMethods, intMethods, numberMember } from './number-methods.js';
import { asInt } from './numbers.js';
import { strMethods } from './str-methods.js';
import { typeName } from './type-name.js';

function bound<T extends Value>(
  table: Partial<Record<string, (self: T, args: CallArguments, context: CallContext) => Value>>,
  self: T,
  name: string,
): Value | undefined {
  const method = Object.hasOwn(table, name) ? table[name] : undefined;
  return method && new PyFunction(name, (args, context) => method(self, args, context));
}

/** Only what is in a method table exists: no template reaches a JavaScript property. */
function method(object: Value, name: string): Value | undefined {
  if (isStr(object)) return bound(strMethods, notNative(object), name);
  if (Array.isArray(object)) return bound(listMethods, object, name);
  if (object instanceof Map) return bound(dictMethods, object, name);
  if (object instanceof PyFloat)
    return orElse(bound(floatMethods, object, name), () => numberMember(object, name));
  const int = asInt(object);
  if (int !== undefined) return orElse(bound(intMethods, int, name), () => numberMember(int, name));
  if (!(object instanceof Tuple)) return undefined;
  const named = object.items[object.names.indexOf(name)];
  const isReading = name === 'count' || name === 'index';
  return named === undefined && isReading ? bound(listMethods, [...object.items], name) : named;
}

/** What `attr` finds: methods and named members, never elements. */
export function getMember(object: Value, name: string): Value {
  if (object instanceof Undefined) return ofUndefined(object);
  const found = object instanceof HostObject ? object.attribute?.(name) : method(object, name);
  return orElse(found, () => missingAttribute(object, name));
}

function describeObject(object: Value): string {
  if (object === null) return 'None';
  return object instanceof HostObject ? typeName(object) : `${typeName(object)} object`;
}

function missingAttribute(object: Value, name: string): Undefined {
  return new Undefined(`'${describeObject(object)}' has no attribute '${name}'`);
}

/** What an attribute or element of something undefined is: the first cause stays the reported one. */
function ofUndefined(object: Undefined): Undefined {
  if (object.strict) return object;
  throw new UndefinedError(object.problem, object.remedy());
}

/** `object.name`: methods first, then elements; an Undefined when there is neither. */
export function getAttribute(object: Value, name: string): Value {
  if (object instanceof Undefined) return ofUndefined(object);
  const found =
    object instanceof HostObject
      ? orElse(object.attribute?.(name), () => object.item?.(name))
      : orElse(method(object, name), () => (object instanceof Map ? dictGet(object, name) : undefined));
  return orElse(found, () => missingAttribute(object, name));
}

function element(object: Value, index: number): Value | undefined {
  if (isStr(object)) {
    const length = codePointLength(object);
    const at = index < 0 ? index + length : index;
    return at >= 0 && at < length ? codePointSlice(object, at, at + 1) : undefined;
  }
  const items = object instanceof Tuple ? object.items : object;
  return Array.isArray(items) ? (items as readonly Value[]).at(index) : undefined;
}

function findItem(object: Value, key: Value): Value | undefined {
  if (object instanceof Map) return dictGet(object, key);
  if (object instanceof HostObject) return object.item?.(key);
  const index = asInt(key);
  return index === undefined ? undefined : element(object, Number(index));
}

/** `object[key]`: elements first, then methods; an Undefined when there is neither. */
export function getItem(object: Value, key: Value): Value {
  if (object instanceof Undefined) return ofUndefined(object);
  // A dictionary has to look at the key; anything else just has no such element.
  if (key instanceof Undefined && !(object instanceof Map))
    return new Undefined(`${describeObject(object)} has no element Undefined: ${key.problem}`);
  assertDefined(key);
  const found = findItem(object, key);
  if (found !== undefined) return found;
  if (!isStr(key))
    return new Undefined(`${describeObject(object)} has no element ${String(asInt(key) ?? typeName(key))}`);
  const name = plain(key);
  const other = object instanceof HostObject ? object.attribute?.(name) : method(object, name);
  return orElse(other, () => missingAttribute(object, name));
}
