import { OperandError } from '../errors.js';
import { assertDefined } from '../python/compare.js';
import { floatText } from '../python/float-text.js';
import { sorted } from '../python/sort.js';
import { typeName } from '../python/type-name.js';
import { hasTaint, isStr, nativeText, plain, tainted, type Str } from '../text.js';
import { LazyMap, PyFloat, pyStr, Tuple, type Value } from '../values.js';
import { LineWriter } from './line-writer.js';
import { scalarStyle } from './scalar-style.js';

export interface YamlStyle {
  /** Blanks of one level, 2 to 9. */
  readonly indent: number;
  /** Lists and dictionaries of scalars only on one line (`to_yaml`), or every item on its own (`to_nice_yaml`). */
  readonly flowLeaves: boolean;
  /** Everything on one line. */
  readonly flowAll?: boolean;
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

/** Rows of a collection: `[value]` in a list, `[key, value]` in a dictionary. */
interface Collection {
  readonly isMap: boolean;
  readonly rows: readonly (readonly Value[])[];
}

/** Lists, tuples and dictionaries as what is written; anything else is a scalar: null. */
function collection(value: Value): Collection | null {
  if (value instanceof LazyMap) return collection(value.toDict());
  if (value instanceof Tuple) return collection([...value.items]);
  if (value instanceof Map) return { isMap: true, rows: [...value] };
  return Array.isArray(value) ? { isMap: false, rows: value.map((item) => [item]) } : null;
}

const rowOf = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [value]);
const firstOf = (row: Value): Value => rowOf(row)[0] ?? null;

/** Writes one document; a class because every rule writes to the same lines. */
class Dumper {
  private readonly writer: LineWriter;
  private sawTaint = false;

  constructor(private readonly style: YamlStyle) {
    this.writer = new LineWriter(style.width);
  }

  run(value: Value): Str {
    this.node(value, ROOT);
    this.writer.newline();
    return this.sawTaint ? tainted(this.writer.text) : nativeText(this.writer.text);
  }

  private node(value: Value, place: Place): void {
    assertDefined(value);
    const items = collection(value);
    if (items === null) this.scalar(value, place);
    else if (place.inFlow || this.isFlow(items)) this.flow(items, place);
    else this.block(items, place);
  }

  private isFlow({ rows }: Collection): boolean {
    const isLeaf = rows.every((row) => collection(row.at(-1) ?? null) === null);
    return rows.length === 0 || this.style.flowAll === true || (this.style.flowLeaves && isLeaf);
  }

  private scalar(value: Value, place: Place): void {
    const text = isStr(value) ? plain(value) : atomText(value);
    this.sawTaint ||= isStr(value) && hasTaint(value);
    const style = isStr(value) ? scalarStyle(text, place) : 'plain';
    const deeper = place.column < 0 ? this.style.indent : place.column + this.style.indent;
    this.writer[style](text, place.isKey ? null : deeper);
  }

  private inOrder({ isMap, rows }: Collection): readonly (readonly Value[])[] {
    if (!isMap || !this.style.sortKeys) return rows;
    try {
      return sorted(
        rows.map((row) => [...row]),
        false,
        firstOf,
      ).map(rowOf);
    } catch (error) {
      // PyYAML leaves keys that have no order as they are.
      if (error instanceof OperandError) return rows;
      throw error;
    }
  }

  private block(items: Collection, place: Place): void {
    const isDeeper = items.isMap || !place.afterKey;
    const column = place.column < 0 ? 0 : place.column + (isDeeper ? this.style.indent : 0);
    for (const [first = null, value = null] of this.inOrder(items)) {
      this.writer.indent(column);
      if (items.isMap) this.key(first, column, false);
      else this.writer.write('-', true);
      this.node(items.isMap ? value : first, { ...ROOT, column, afterKey: items.isMap });
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

  private flow(items: Collection, place: Place): void {
    const column = Math.max(0, place.column) + this.style.indent;
    this.writer.separate(items.isMap ? '{' : '[');
    for (const [index, [first = null, value = null]] of this.inOrder(items).entries()) {
      if (index > 0) this.writer.write(',');
      if (this.writer.isPastWidth) this.writer.indent(column);
      if (items.isMap) this.key(first, column, true);
      this.node(items.isMap ? value : first, { ...ROOT, column, inFlow: true });
    }
    this.writer.write(items.isMap ? '}' : ']');
  }
}

/**
 * A value as a YAML document in PyYAML's layout, the final newline included; tainted as a whole when any text in
 * it has taint. Throws for what YAML cannot hold.
 */
export function dumpYaml(value: Value, style: YamlStyle): Str {
  return new Dumper(style).run(value);
}
