import { OperandError } from '../errors.js';
import { assertDefined } from '../python/compare.js';
import { floatText } from '../python/float-text.js';
import { sorted } from '../python/sort.js';
import { typeName } from '../python/type-name.js';
import { isStr, plain } from '../text.js';
import { LazyMap, PyFloat, pyStr, Tuple, type Value } from '../values.js';
import { LineWriter } from './line-writer.js';
import { scalarStyle } from './scalar-style.js';

export interface YamlStyle {
  /** Blanks of one level, 2 to 9. */
  readonly indent: number;
  /** Lists and dictionaries of scalars only on one line (`to_yaml`), or every item on its own (`to_nice_yaml`). */
  readonly flowLeaves: boolean;
  readonly sortKeys: boolean;
  /** Texts are folded at the first blank past this column. */
  readonly width: number;
}

interface Place {
  readonly column: number;
  readonly inFlow: boolean;
  readonly isKey: boolean;
  /** Directly after `key:`, where a list needs no deeper indentation. */
  readonly afterKey: boolean;
}

const ROOT: Place = { column: -1, inFlow: false, isKey: false, afterKey: false };
/** A key longer than this, in characters, is written with `?`. */
const LONGEST_KEY = 128;

const FLOATS: Partial<Record<string, string>> = { inf: '.inf', '-inf': '-.inf', nan: '.nan' };

function atomText(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (!(value instanceof PyFloat))
    throw new OperandError(`cannot represent a ${typeName(value)} in YAML`, 'give plain data');
  const text = floatText(value.value);
  // YAML 1.1 needs a point before the exponent: 1e+20 would be read as a text.
  return FLOATS[text] ?? text.replace(/^(-?\d+)e/, '$1.0e');
}

/** Lists, tuples and dictionaries as what is written; anything else is a scalar. */
function collection(value: Value): readonly Value[] | ReadonlyMap<Value, Value> | null {
  if (value instanceof LazyMap) return value.toDict();
  if (value instanceof Tuple) return value.items;
  return Array.isArray(value) || value instanceof Map ? value : null;
}

/** Writes one document; a class because every rule writes to the same lines. */
class Dumper {
  private readonly writer: LineWriter;

  constructor(private readonly style: YamlStyle) {
    this.writer = new LineWriter(style.width);
  }

  run(value: Value): string {
    this.node(value, ROOT);
    this.writer.newline();
    return this.writer.text;
  }

  private node(value: Value, place: Place): void {
    assertDefined(value);
    const items = collection(value);
    if (items === null) this.scalar(value, place);
    else if (place.inFlow || this.isFlow(items)) this.flow(items, place);
    else if (items instanceof Map) this.mapping(items, place);
    else this.list(items as readonly Value[], place);
  }

  private isFlow(items: readonly Value[] | ReadonlyMap<Value, Value>): boolean {
    const inner = items instanceof Map ? [...items.values()] : [...(items as readonly Value[])];
    return inner.length === 0 || (this.style.flowLeaves && inner.every((item) => collection(item) === null));
  }

  private scalar(value: Value, place: Place): void {
    const text = isStr(value) ? plain(value) : atomText(value);
    const style = isStr(value) ? scalarStyle(text, place) : 'plain';
    const deeper = place.column < 0 ? this.style.indent : place.column + this.style.indent;
    this.writer[style](text, place.isKey ? null : deeper);
  }

  private list(items: readonly Value[], place: Place): void {
    const column = place.column < 0 ? 0 : place.column + (place.afterKey ? 0 : this.style.indent);
    for (const item of items) {
      this.writer.indent(column);
      this.writer.write('-', true);
      this.node(item, { ...ROOT, column });
    }
  }

  private entries(map: ReadonlyMap<Value, Value>): [Value, Value][] {
    const keys = this.style.sortKeys ? sorted([...map.keys()], false) : [...map.keys()];
    return keys.map((key) => [key, map.get(key) ?? null]);
  }

  private mapping(map: ReadonlyMap<Value, Value>, place: Place): void {
    const column = place.column < 0 ? 0 : place.column + this.style.indent;
    for (const [key, value] of this.entries(map)) {
      this.writer.indent(column);
      this.key(key, column, false);
      this.node(value, { ...ROOT, column, afterKey: true });
    }
  }

  private key(key: Value, column: number, inFlow: boolean): void {
    const isSimple =
      collection(key) === null && plain(pyStr(key)).length < LONGEST_KEY && !/\n/.test(plain(pyStr(key)));
    if (isSimple) {
      this.node(key, { column, inFlow, isKey: true, afterKey: false });
      this.writer.write(':');
      return;
    }
    this.writer.write('?', true);
    this.node(key, { ...ROOT, column, inFlow });
    this.writer.indent(column);
    this.writer.write(':', true);
  }

  private flow(items: readonly Value[] | ReadonlyMap<Value, Value>, place: Place): void {
    const column = Math.max(0, place.column) + this.style.indent;
    const isMap = items instanceof Map;
    this.writer.separate(isMap ? '{' : '[');
    const rows: readonly (Value | readonly [Value, Value])[] = isMap
      ? this.entries(items)
      : [...(items as readonly Value[])];
    for (const [index, row] of rows.entries()) {
      if (index > 0) this.writer.write(',');
      if (this.writer.isPastWidth) this.writer.indent(column);
      else if (index > 0) this.writer.write(' ');
      this.flowItem(row, column, isMap);
    }
    this.writer.write(isMap ? '}' : ']');
  }

  private flowItem(row: Value | readonly [Value, Value], column: number, isEntry: boolean): void {
    if (!isEntry || !Array.isArray(row)) {
      this.node(row as Value, { ...ROOT, column, inFlow: true });
      return;
    }
    const [key = null, value = null] = row as readonly Value[];
    this.key(key, column, true);
    this.node(value, { ...ROOT, column, inFlow: true });
  }
}

/** A value as a YAML document in PyYAML's layout, the final newline included. Throws for what YAML cannot hold. */
export function dumpYaml(value: Value, style: YamlStyle): string {
  return new Dumper(style).run(value);
}
