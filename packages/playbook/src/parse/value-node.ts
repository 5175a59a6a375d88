import { plain } from '@tenon/jinja/text';
import { pyStr, type Value } from '@tenon/jinja/values';
import type { Place } from './problem.js';
import type { YamlNode } from './yaml.js';

/** A value as if it had been written at a place. */
export function nodeOf(value: Value, at: Place): YamlNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => nodeOf(item, at)), at };
  if (!(value instanceof Map)) return { kind: 'scalar', value, at };
  const entries = [...value].map(([keyValue, item]) => ({
    key: plain(pyStr(keyValue)),
    keyValue,
    value: nodeOf(item, at),
    at,
  }));
  return { kind: 'map', entries, at };
}
