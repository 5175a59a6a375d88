import { LookupError, TemplateError } from '@tenon/jinja/errors';
import { percentFormat } from '@tenon/jinja/python/percent-format';
import { isStr, type Str } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { characters } from '@tenon/jinja/python/convert';
import { readPairs } from '../parse/key-value.js';
import { ofTerms } from './of-terms.js';
import { trustedTerm } from './refuse.js';

/** `[start-]end[/stride][:format]` */
const SHORTCUT = /^(?:(0?x?[\da-f]+)-)?(0?x?[\da-f]+)(?:\/(0?x?[\da-f]+))?(?::(.+))?$/i;
/** More items than this are refused: a loop must not exhaust the memory. */
const MAX_ITEMS = 1_000_000;

/** An integer as Python's int(text, 0) reads it: decimal, 0x, 0o, 0b; a leading 0 is refused. */
function readInteger(name: string, text: string): number {
  const match = /^([+-]?)(0x[\da-f]+|0o[0-7]+|0b[01]+|0+|[1-9]\d*)$/i.exec(text.trim());
  if (match?.[2] === undefined) throw new LookupError(`can't parse ${name}=${text} as integer`);
  return Number(match[2]) * (match[1] === '-' ? -1 : 1);
}

function optionsOf(term: string): ReadonlyMap<string, string> {
  const shortcut = SHORTCUT.exec(term);
  if (shortcut === null) {
    const { options, rest } = readPairs(term);
    if (rest !== '') throw new LookupError(`unrecognized arguments to with_sequence: ${rest}`);
    return options;
  }
  const [, start, end, stride, format] = shortcut;
  const named = { start, end, stride, format };
  return new Map(Object.entries(named).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly stride: number;
}

function rangeOf(options: ReadonlyMap<string, string>): Range | undefined {
  const read = (name: string): number | undefined => {
    const text = options.get(name);
    return text === undefined ? undefined : readInteger(name, text);
  };
  const [start = 1, stride = 1, count, end] = ['start', 'stride', 'count', 'end'].map(read);
  if (count !== undefined && end !== undefined)
    throw new LookupError("can't specify both count and end in with_sequence");
  if (count === 0) return undefined;
  if (count !== undefined) return { start, stride, end: start + count * stride - 1 };
  if (end === undefined) throw new LookupError('must specify count or end in with_sequence');
  return { start, stride, end };
}

function numbers({ start, end, stride }: Range): number[] {
  if (stride > 0 && end < start) throw new LookupError('to count backwards make stride negative');
  if (stride < 0 && end > start) throw new LookupError("to count forward don't make stride negative");
  if (stride === 0) throw new LookupError('cannot count in steps of 0');
  const length = Math.floor((end - start) / stride) + 1;
  if (length > MAX_ITEMS) throw new LookupError(`a sequence of ${length} items is too long`);
  return Array.from({ length: Math.max(0, length) }, (_, index) => start + index * stride);
}

function formatted(format: string, number: number): Str {
  try {
    return percentFormat(format, number);
  } catch (error) {
    if (error instanceof TemplateError)
      throw new LookupError(`problem formatting ${number} with '${format}'`);
    throw error;
  }
}

const KNOWN = new Set(['start', 'end', 'count', 'stride', 'format']);

function sequenceOf(term: string): Value[] {
  const options = optionsOf(term);
  const unknown = [...options.keys()].filter((name) => !KNOWN.has(name));
  if (unknown.length > 0)
    throw new LookupError(
      `unrecognized arguments to with_sequence: ${unknown.join(', ')}`,
      `use ${[...KNOWN].join(', ')}`,
    );
  const format = options.get('format') ?? '%d';
  if (format.split('%').length !== 2) throw new LookupError(`bad formatting string: ${format}`);
  const range = rangeOf(options);
  return range === undefined ? [] : numbers(range).map((number) => formatted(format, number));
}

/** Ansible's `sequence`: texts of numbers, from `5`, `4:host%02d` or `start=1 end=9 stride=2 format=%x`. */
export const sequence = ofTerms(({ positional }) =>
  positional.flatMap((term) => sequenceOf(isStr(term) ? trustedTerm('sequence', term) : characters(term))),
);
