import { OperandError } from '../errors.js';
import { assertDefined, truth } from '../python/compare.js';
import { characters, exactCharacters, exactText, integer, text } from '../python/convert.js';
import { capitalize, titleWords } from '../python/letter-case.js';
import { center } from '../python/pad.js';
import { percentFormat } from '../python/percent-format.js';
import { replaceText } from '../python/replace.js';
import { split, splitLines } from '../python/split.js';
import { trim } from '../python/trim.js';
import { define, required, type Operation } from '../signature.js';
import { escapeHtml } from './escape-html.js';
import { urlize } from './urlize.js';
import { concat, mapText, nativeText, notNative, plain, type Str } from '../text.js';
import { Tuple, Undefined, type Value } from '../values.js';

const changing = (change: (whole: string) => string): Operation =>
  define([], (input) => mapText(text(input), change));

const escape = changing(escapeHtml);

function indent(input: Value, width: Value, first: boolean, blank: boolean): Str {
  const margin = typeof width === 'number' ? ' '.repeat(Math.max(0, width)) : text(width);
  const whole = exactText(input);
  const lines = splitLines(concat([whole, '\n']), false);
  const indented = lines.map((line, index) => {
    const wanted = index === 0 ? first : blank || plain(line) !== '';
    return wanted ? concat([margin, line]) : line;
  });
  return concat(indented, '\n');
}

/** A word for `sh`, as Python's `shlex.quote`. */
export function quote(word: Str): Str {
  if (plain(word) !== '' && /^[\w@%+=:,./-]+$/.test(plain(word))) return word;
  return concat(["'", replaceText(word, "'", `'"'"'`), "'"]);
}

/** Jinja2's `xmlattr`: attributes of a tag; those that are None or undefined are left out. */
function attributes(input: Value, autoSpace: boolean): Str {
  assertDefined(input);
  if (!(input instanceof Map)) throw new OperandError('xmlattr requires a dictionary');
  const written = [...input].flatMap(([key, value]) => {
    if (value === null || value instanceof Undefined) return [];
    if (/[\s/>=]/.test(exactCharacters(key)))
      throw new OperandError(`Invalid character in attribute name: ${characters(key)}`);
    return [concat([mapText(text(key), escapeHtml), '="', mapText(text(value), escapeHtml), '"'])];
  });
  return concat([autoSpace && written.length > 0 ? ' ' : '', concat(written, ' ')]);
}

/** Filters that give a text. */
export const stringFilters: Record<string, Operation> = {
  capitalize: define([], (input) => capitalize(text(input))),
  center: define(['width'], (input, [width = 80]) => center(text(input), integer(width))),
  e: escape,
  escape,
  forceescape: escape,
  format: (input, args) =>
    percentFormat(text(input), args.named.size > 0 ? new Map(args.named) : new Tuple(args.positional)),
  indent: define(['width', 'first', 'blank'], (input, [width = 4, first = false, blank = false]) =>
    indent(input, width, truth(first), truth(blank)),
  ),
  lower: changing((whole) => whole.toLowerCase()),
  quote: define([], (input) => quote(input === null ? '' : text(input))),
  replace: define(['old', 'new', 'count'], (input, [old, replacement, count = -1]) =>
    replaceText(
      notNative(text(input)),
      characters(required(old, 'old')),
      text(required(replacement, 'new')),
      count === null ? -1 : integer(count),
    ),
  ),
  safe: define([], (input) => notNative(text(input))),
  split: define(['sep', 'maxsplit'], (input, [separator = null, limit = -1]) =>
    split(exactText(input), separator === null ? null : exactCharacters(separator), integer(limit)),
  ),
  string: define([], (input) => nativeText(text(input))),
  title: define([], (input) => titleWords(text(input))),
  trim: define(['chars'], (input, [chars = null]) =>
    trim(
      notNative(text(input)),
      { start: true, end: true },
      chars === null ? undefined : exactCharacters(chars),
    ),
  ),
  urlize,
  upper: changing((whole) => whole.toUpperCase()),
  xmlattr: define(['autospace'], (input, [autoSpace = true]) => attributes(input, truth(autoSpace))),
  wordcount: define([], (input) => plain(text(input)).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
};
