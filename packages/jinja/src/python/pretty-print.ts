import { concat, isStr, plain, type Str } from '../text.js';
import { LazyMap, pyRepr, Tuple, type Value } from '../values.js';
import { sorted } from './sort.js';
import { OperandError } from '../errors.js';

const WIDTH = 80;

interface Place {
  readonly column: number;
  /** Characters that must still fit behind the value: brackets and commas. */
  readonly behind: number;
}

/** Dictionaries by key where the keys have an order, as Python's `pprint`. */
function inOrder(value: Value): Value {
  if (value instanceof LazyMap) return inOrder(value.toDict());
  if (Array.isArray(value)) return value.map(inOrder);
  if (value instanceof Tuple) return new Tuple(value.items.map(inOrder), value.names);
  if (!(value instanceof Map)) return value;
  return new Map(sortedKeys(value).map((key) => [key, inOrder(value.get(key) ?? null)]));
}

function sortedKeys(map: ReadonlyMap<Value, Value>): Value[] {
  try {
    return sorted([...map.keys()], false);
  } catch (error) {
    if (error instanceof OperandError) return [...map.keys()];
    throw error;
  }
}

function rows(parts: readonly Str[], column: number): Str {
  return concat(parts, `,\n${' '.repeat(column)}`);
}

function items(values: readonly Value[], { column, behind }: Place): Str[] {
  return values.map((item, index) =>
    written(item, { column: column + 1, behind: index === values.length - 1 ? behind + 1 : 1 }),
  );
}

function entries(map: ReadonlyMap<Value, Value>, { column, behind }: Place): Str[] {
  return [...map].map(([key, value], index) => {
    const name = pyRepr(key);
    const inner = {
      column: column + plain(name).length + 3,
      behind: index === map.size - 1 ? behind + 1 : 1,
    };
    return concat([name, ': ', written(value, inner)]);
  });
}

/** A long text in pieces of words and lines, in brackets at the outermost level. */
function longText(value: Str, { column, behind }: Place, isRoot: boolean): Str {
  const start = column + (isRoot ? 1 : 0);
  const lines = plain(value).split(/(?<=\n)/);
  const pieces: string[] = [];
  for (const [index, line] of lines.entries()) {
    const room = (last: boolean): number => WIDTH - start - (last ? behind + (isRoot ? 1 : 0) : 0);
    if (plain(pyRepr(line)).length <= room(index === lines.length - 1)) pieces.push(line);
    else pieces.push(...words(line, room, index === lines.length - 1));
  }
  if (pieces.length === 1) return pyRepr(value);
  const joined = concat(
    pieces.map((piece) => pyRepr(piece)),
    `\n${' '.repeat(start)}`,
  );
  return isRoot ? concat(['(', joined, ')']) : joined;
}

function words(line: string, room: (last: boolean) => number, isLast: boolean): string[] {
  const parts = line.match(/\S*\s*/g)?.filter((part) => part !== '') ?? [];
  const pieces: string[] = [];
  let current = '';
  for (const [index, part] of parts.entries()) {
    const fits = plain(pyRepr(current + part)).length <= room(isLast && index === parts.length - 1);
    if (!fits && current !== '') {
      pieces.push(current);
      current = part;
    } else current += part;
  }
  return current === '' ? pieces : [...pieces, current];
}

function written(value: Value, place: Place, isRoot = false): Str {
  const short = pyRepr(value);
  if (plain(short).length <= WIDTH - place.column - place.behind) return short;
  if (isStr(value)) return longText(value, place, isRoot);
  const { column } = place;
  if (Array.isArray(value)) return concat(['[', rows(items(value, place), column + 1), ']']);
  if (value instanceof Tuple)
    return concat(['(', rows(items(value.items, place), column + 1), value.items.length === 1 ? ',)' : ')']);
  return value instanceof Map ? concat(['{', rows(entries(value, place), column + 1), '}']) : short;
}

/** Python's `pprint.pformat`: the repr with sorted keys, over several lines when it is longer than 80 characters. */
export function prettyPrint(value: Value): Str {
  return written(inOrder(value), { column: 0, behind: 0 }, true);
}
