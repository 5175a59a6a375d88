import type { CallContext } from './call-context.js';
import { Dict } from './dict.js';
import { floatText } from './python/float-text.js';
import { quoteText } from './python/quote-text.js';
import { PyFloat, Tuple } from './python/types.js';
import { concat, hasTaint, isStr, plain, tainted, Text, type Str } from './text.js';

export { PyFloat, Tuple } from './python/types.js';
export { spansOf, Text, type Span, type Str } from './text.js';

/**
 * A Python value. `number` and `bigint` are Python's `int` (bigint only outside the safe range), `PyFloat`
 * its `float`, `string` and `Text` its `str`, arrays its `list`, maps its `dict`.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | PyFloat
  | Str
  | Tuple
  | Value[]
  | Map<Value, Value>
  | Undefined
  | HostObject;

/** What a missing name, attribute or element evaluates to. */
export class Undefined {
  constructor(
    /** Why it is undefined, in Ansible's words: `'x' is undefined`. */
    readonly problem: string,
    /** A strict one cannot be printed, compared or iterated; the missing `else` of `a if b` is not strict. */
    readonly strict = true,
    /** What to do about it, worked out when an error is thrown. */
    readonly remedy: () => string = () => 'define it, or give a fallback with `| default(...)`',
  ) {}
}

/** The arguments of one call in a template. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** An object of the host program inside a template; what it does not answer is undefined. */
export abstract class HostObject {
  /** Its type's name in error texts. */
  abstract readonly typeName: string;

  /** `object.name`. */
  attribute?(name: string): Value | undefined;

  /** `object[key]`. */
  item?(key: Value): Value | undefined;

  /** The keys of an object that is a mapping (iteration, `in`, `length`). */
  keys?(): Iterable<Value>;

  /** `object operator other`, as for dates; undefined where there is no such operation. */
  operate?(operator: string, other: Value): Value | undefined;

  /** Its order among values of its kind; undefined where there is none. */
  order?(other: Value): number | undefined;

  /** `object(...)`, for objects that can be called. */
  readonly call?: (args: CallArguments, context: CallContext) => Value;

  /** How it prints inside a list or dictionary. Default: as its text. */
  repr(): Str {
    return this.text();
  }

  /** How it prints. */
  text(): Str {
    return `<${this.typeName}>`;
  }
}

/** A function that templates can call. */
export class PyFunction extends HostObject {
  readonly typeName = 'function';
  override readonly call: (args: CallArguments, context: CallContext) => Value;

  constructor(
    readonly name: string,
    call: (args: CallArguments, context: CallContext) => Value,
  ) {
    super();
    this.call = call;
  }

  override text(): Str {
    return `<function ${this.name}>`;
  }
}

/** A mapping whose values are made when asked for (`hostvars`); templates see its values as they are. */
export class LazyMap extends HostObject {
  readonly typeName = 'dict object';

  constructor(
    private readonly read: (key: string) => Value | undefined,
    private readonly names: () => Iterable<string>,
  ) {
    super();
  }

  override item(key: Value): Value | undefined {
    return isStr(key) ? this.read(plain(key)) : undefined;
  }

  override keys(): Iterable<Value> {
    return this.names();
  }

  /** A dictionary with every value read now. */
  toDict(): Dict {
    return new Dict([...this.names()].map((name) => [name, this.read(name) ?? null]));
  }

  override text(): Str {
    return pyRepr(this.toDict());
  }
}

class Omit extends HostObject {
  readonly typeName = 'omit';

  override text(): Str {
    return '__omit_place_holder__';
  }
}

/** Ansible's `omit`: an argument that has this value is left out. Compare by identity. */
export const omit: HostObject = new Omit();

/** Changes every string of a value, keys included; lists, tuples and dictionaries are copied. */
function mapStrings(value: Value, change: (text: Str) => Value): Value {
  if (isStr(value)) return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (value instanceof Tuple) return new Tuple(value.items.map((item) => mapStrings(item, change)));
  if (!(value instanceof Map)) return value;
  return new Dict([...value].map(([key, item]) => [mapStrings(key, change), mapStrings(item, change)]));
}

/** Marks every string in a value, deep, as tainted: it is never templated and stays recognisable in every result. */
export function markUnsafe(value: Value): Value {
  return mapStrings(value, (text) => tainted(plain(text)));
}

/** Marks the strings in a value, deep, that would be templated again. */
export function markTemplates(value: Value): Value {
  return mapStrings(value, (text) => (/\{[{%#]/.test(plain(text)) ? tainted(plain(text)) : text));
}

/** Whether any string in the value, deep, has a tainted piece; objects of the host are not looked into. */
export function isTainted(value: Value): boolean {
  if (isStr(value)) return hasTaint(value);
  if (Array.isArray(value)) return value.some(isTainted);
  if (value instanceof Tuple) return value.items.some(isTainted);
  return value instanceof Map && [...value].some(([key, item]) => isTainted(key) || isTainted(item));
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function fromObject(value: object): Value {
  if (Array.isArray(value)) return value.map(fromJs);
  if (value instanceof Map) return new Dict([...value].map(([key, item]) => [fromJs(key), fromJs(item)]));
  if (value instanceof Date) return value.toISOString();
  const isValue = [PyFloat, Tuple, Undefined, HostObject, Text].some((type) => value instanceof type);
  if (isValue) return value as PyFloat | Tuple | Undefined | HostObject | Text;
  if (isPlainObject(value)) {
    return new Dict(Object.entries(value).map(([key, item]) => [key, fromJs(item)]));
  }
  throw new TypeError(`cannot use a ${value.constructor.name} in a template: give plain data`);
}

/**
 * JavaScript data as a Value: objects become dictionaries, whole safe numbers ints, other numbers floats,
 * `undefined` None. What is a Value already stays; strings stay trusted (see markUnsafe).
 * Throws TypeError for functions, symbols and instances of foreign classes.
 */
export function fromJs(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : new PyFloat(value);
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (typeof value === 'object') return fromObject(value);
  throw new TypeError(`cannot use a ${typeof value} in a template: give plain data`);
}

/** A Value as JavaScript data: Text loses its taint, dictionaries become objects, floats numbers. */
export function toJs(value: Value): unknown {
  if (value instanceof Text) return value.value;
  if (value instanceof PyFloat) return value.value;
  if (Array.isArray(value)) return value.map(toJs);
  if (value instanceof Tuple) return value.items.map(toJs);
  if (value instanceof LazyMap) return toJs(value.toDict());
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [plain(pyStr(key)), toJs(item)]));
  }
  if (value instanceof Undefined) return undefined;
  return value instanceof HostObject ? plain(value.text()) : value;
}

function reprList(items: readonly Value[], open: string, close: string): Str {
  return concat([open, concat(items.map(pyRepr), ', '), close]);
}

function reprAtom(value: null | boolean | number | bigint | PyFloat | Undefined | HostObject): Str {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof PyFloat) return floatText(value.value);
  if (value instanceof Undefined) return value.strict ? 'AnsibleUndefined' : 'Undefined';
  return value instanceof HostObject ? value.repr() : String(value);
}

/** Python's `repr`; strings inside keep their taint. */
export function pyRepr(value: Value): Str {
  if (isStr(value)) return quoteText(value);
  if (Array.isArray(value)) return reprList(value, '[', ']');
  if (value instanceof Tuple) return reprList(value.items, '(', value.items.length === 1 ? ',)' : ')');
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => concat([pyRepr(key), ': ', pyRepr(item)]));
    return concat(['{', concat(entries, ', '), '}']);
  }
  return reprAtom(value);
}

/** Python's `str`; None is 'None' here (a template prints it as '', which is the printer's doing). */
export function pyStr(value: Value): Str {
  if (isStr(value)) return value;
  if (value instanceof HostObject) return value.text();
  return value instanceof Undefined && !value.strict ? '' : pyRepr(value);
}
