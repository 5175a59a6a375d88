import { PyFloat, Tuple } from './python/types.js';
import { Text } from './text.js';
import type { Value } from './values.js';

const FIRST_OF_MARKED = '\u0000';

function markedKey(value: unknown): unknown {
  if (value instanceof Tuple) {
    const parts = value.items.map((item) => {
      const key = canonicalKey(item);
      return `${typeof key}:${String(key)}`;
    });
    return `${FIRST_OF_MARKED}tuple${JSON.stringify(parts)}`;
  }
  if (typeof value === 'string' && value.startsWith(FIRST_OF_MARKED)) return `${FIRST_OF_MARKED}text${value}`;
  return value;
}

/**
 * What a key is found by: Python takes 1, 1.0 and True for one key, and a tainted text finds the same
 * entry as a trusted one. A plain string is its own canonical key.
 */
export function canonicalKey(key: unknown): unknown {
  if (typeof key === 'boolean') return key ? 1 : 0;
  if (key instanceof PyFloat) return key.value;
  return markedKey(key instanceof Text ? key.value : key);
}

/** A Python `dict`: keys are compared as Python does, and keep the spelling (and taint) they came with. */
export class Dict extends Map<Value, Value> {
  // Made on first use: Map's own constructor calls `set` before field initializers run.
  declare private found?: Map<unknown, Value>;

  private get originals(): Map<unknown, Value> {
    this.found ??= new Map();
    return this.found;
  }

  private original(key: Value): Value | undefined {
    return this.originals.get(canonicalKey(key));
  }

  override get(key: Value): Value | undefined {
    const original = this.original(key);
    return original === undefined ? undefined : super.get(original);
  }

  override has(key: Value): boolean {
    return this.originals.has(canonicalKey(key));
  }

  override set(key: Value, value: Value): this {
    const original = this.original(key);
    if (original === undefined) this.originals.set(canonicalKey(key), key);
    return super.set(original ?? key, value);
  }

  override delete(key: Value): boolean {
    const original = this.original(key);
    this.originals.delete(canonicalKey(key));
    return original !== undefined && super.delete(original);
  }

  override clear(): void {
    this.originals.clear();
    super.clear();
  }
}

/** The entry of a dictionary, be it ours or a plain Map with string keys. */
export function dictGet(map: ReadonlyMap<Value, Value>, key: Value): Value | undefined {
  if (map instanceof Dict) return map.get(key);
  const direct = map.get(key);
  return direct === undefined && key instanceof Text ? map.get(key.value) : direct;
}

/** Whether a dictionary, ours or a plain Map with string keys, has the key. */
export function dictHas(map: ReadonlyMap<Value, Value>, key: Value): boolean {
  return map.has(key) || (!(map instanceof Dict) && key instanceof Text && map.has(key.value));
}
