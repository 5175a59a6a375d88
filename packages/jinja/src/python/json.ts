import { OperandError } from '../errors.js';
import { concat, isStr, mapText, type Str } from '../text.js';
import { HostObject, LazyMap, PyFloat, pyStr, Tuple, type Value } from '../values.js';
import { assertDefined } from './compare.js';
import { floatText } from './float-text.js';
import { sorted } from './sort.js';
import { typeName } from './type-name.js';

export interface JsonStyle {
  /** What stands before each level; null for one line. */
  readonly indent: string | null;
  readonly sortKeys: boolean;
  readonly itemSeparator: string;
  readonly keySeparator: string;
  /** Characters beyond ASCII as \uXXXX. */
  readonly ascii: boolean;
}

/** The style of Python's `json.dumps`. */
export const pythonJson: JsonStyle = {
  indent: null,
  sortKeys: false,
  itemSeparator: ', ',
  keySeparator: ': ',
  ascii: true,
};

const toEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function quoted(text: Str, style: JsonStyle): Str {
  const body = mapText(text, (piece) => {
    const escaped = JSON.stringify(piece).slice(1, -1);
    return style.ascii ? escaped.replace(/[^\0-\x7e]/g, toEscape) : escaped;
  });
  return concat(['"', body, '"']);
}

function bracketed(items: readonly Str[], brackets: string, style: JsonStyle, level: string): Str {
  const [open, close] = [brackets.charAt(0), brackets.charAt(1)];
  if (items.length === 0) return open + close;
  if (style.indent === null) return concat([open, concat(items, style.itemSeparator), close]);
  const line = `\n${level}${style.indent}`;
  return concat([open, line, concat(items, style.itemSeparator.trimEnd() + line), `\n${level}`, close]);
}

const FLOATS: Partial<Record<string, string>> = { nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' };

function atom(value: Value): string {
  if (value instanceof PyFloat) {
    const text = floatText(value.value);
    return FLOATS[text] ?? text;
  }
  if (value === null || typeof value !== 'object') return String(value);
  throw new OperandError(`Object of type ${typeName(value)} is not JSON serializable`, 'give plain data');
}

function entries(map: ReadonlyMap<Value, Value>, style: JsonStyle, level: string): Str[] {
  const keys = style.sortKeys ? sorted([...map.keys()], false) : [...map.keys()];
  return keys.map((key) => {
    const name = isStr(key) ? key : typeof key === 'boolean' || key === null ? atom(key) : pyStr(key);
    return concat([quoted(name, style), style.keySeparator, toJson(map.get(key) ?? null, style, level)]);
  });
}

/** A value as JSON in Python's spelling. Every string inside keeps its taint. Throws for what JSON cannot hold. */
export function toJson(value: Value, style: JsonStyle = pythonJson, level = ''): Str {
  assertDefined(value);
  if (isStr(value)) return quoted(value, style);
  const inner = level + (style.indent ?? '');
  const items = value instanceof Tuple ? value.items : value;
  if (Array.isArray(items)) {
    return bracketed(
      (items as readonly Value[]).map((item) => toJson(item, style, inner)),
      '[]',
      style,
      level,
    );
  }
  const map = value instanceof LazyMap ? value.toDict() : value;
  if (map instanceof Map) return bracketed(entries(map, style, inner), '{}', style, level);
  return value instanceof HostObject ? quoted(value.text(), style) : atom(value);
}
