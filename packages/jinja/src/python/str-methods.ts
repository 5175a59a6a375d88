import { OperandError } from '../errors.js';
import { define, required, type Operation } from '../signature.js';
import { concat, isStr, mapText, plain, slice, type Str } from '../text.js';
import { Tuple, type Value } from '../values.js';
import { codePointIndex, codePointSlice, codePointLength } from './code-points.js';
import { exactCharacters, exactText, integer } from './convert.js';
import { iterate } from './iterate.js';
import { capitalize, foldCase, isCase, swapCase, titleCase } from './letter-case.js';
import { center, pad, zeroFill } from './pad.js';
import { replaceText } from './replace.js';
import { split, splitLines } from './split.js';
import { strFormat } from './str-format.js';
import { trim } from './trim.js';
import { truth } from './compare.js';
import { typeName } from './type-name.js';

type StrMethod = Operation<Str>;

const strip = (start: boolean, end: boolean): StrMethod =>
  define(['chars'], (self: Str, [chars = null]) =>
    trim(self, { start, end }, chars === null ? undefined : exactCharacters(chars)),
  );

const splitter = (fromRight: boolean): StrMethod =>
  define(['sep', 'maxsplit'], (self: Str, [separator = null, limit = -1]) =>
    split(self, separator === null ? null : exactCharacters(separator), integer(limit), fromRight),
  );

const changing = (change: (text: string) => string): StrMethod =>
  define([], (self: Str) => mapText(self, change));

const matching = (pattern: RegExp): StrMethod => define([], (self: Str) => pattern.test(plain(self)));

const padding = (align: '<' | '>' | 'center'): StrMethod =>
  define(['width', 'fillchar'], (self: Str, [width = 0, fill = ' ']) =>
    align === 'center'
      ? center(self, integer(width), fillCharacter(fill))
      : pad(self, integer(width), align, fillCharacter(fill)),
  );

function fillCharacter(fill: Value): Str {
  if (isStr(fill) && codePointLength(fill) === 1) return fill;
  throw new OperandError('The fill character must be exactly one character long', 'give one character');
}

/** `startswith` and `endswith`: one text or a tuple of them. */
const affix = (test: (text: string, affix: string) => boolean): StrMethod =>
  define(['affix', 'start', 'end'], (self: Str, [affixes, start = 0, end = Number.MAX_SAFE_INTEGER]) => {
    const given = required(affixes, 'affix');
    const part = plain(codePointSlice(self, integer(start), integer(end)));
    if (!isStr(given) && !(given instanceof Tuple)) {
      throw new OperandError(`startswith first arg must be str or a tuple of str, not ${typeName(given)}`);
    }
    return (isStr(given) ? [given] : given.items).some((each) => test(part, exactCharacters(each)));
  });

const finding = (method: 'indexOf' | 'lastIndexOf', mustExist: boolean): StrMethod =>
  define(['sub', 'start', 'end'], (self: Str, [sub, start = null, end = null]) => {
    const wanted = exactCharacters(required(sub, 'sub'));
    const { from, to } = range(self, start, end);
    const part = codePointSlice(self, from, Math.max(from, to));
    const found = from > to ? -1 : codePointIndex(part, plain(part)[method](wanted));
    if (found < 0 && mustExist) throw new OperandError('substring not found', 'use find, which gives -1');
    return found < 0 ? -1 : found + from;
  });

/** The code points from `start` to `end`, counted from the end when negative. */
function range(self: Str, start: Value, end: Value): { from: number; to: number } {
  const length = codePointLength(self);
  const at = (index: number): number => Math.max(0, index < 0 ? index + length : index);
  return {
    from: start === null ? 0 : at(integer(start)),
    to: end === null ? length : Math.min(length, at(integer(end))),
  };
}

const partition = (method: 'indexOf' | 'lastIndexOf'): StrMethod =>
  define(['sep'], (self: Str, [separator]) => {
    const sep = exactCharacters(required(separator, 'sep'));
    if (sep === '') throw new OperandError('empty separator', 'give a text');
    const at = plain(self)[method](sep);
    if (at >= 0)
      return new Tuple([slice(self, 0, at), slice(self, at, at + sep.length), slice(self, at + sep.length)]);
    return new Tuple(method === 'indexOf' ? [self, '', ''] : ['', '', self]);
  });

const withoutAffix = (isPrefix: boolean): StrMethod =>
  define(['affix'], (self: Str, [affixed]) => {
    const [whole, part] = [plain(self), exactCharacters(required(affixed, 'affix'))];
    if (part === '' || !(isPrefix ? whole.startsWith(part) : whole.endsWith(part))) return self;
    return isPrefix ? slice(self, part.length) : slice(self, 0, whole.length - part.length);
  });

const count: StrMethod = define(['sub', 'start', 'end'], (self: Str, [sub, start = null, end = null]) => {
  const wanted = exactCharacters(required(sub, 'sub'));
  const { from, to } = range(self, start, end);
  if (from > to) return 0;
  const part = codePointSlice(self, from, to);
  return wanted === '' ? codePointLength(part) + 1 : plain(part).split(wanted).length - 1;
});

/** The methods of Python's `str`; every result keeps the taint of the text it comes from. */
export const strMethods: Partial<Record<string, StrMethod>> = {
  capitalize: define([], capitalize),
  casefold: define([], (self: Str) => foldCase(self)),
  center: padding('center'),
  count,
  encode: define(['encoding', 'errors'], (self: Str) => self),
  endswith: affix((whole, end) => whole.endsWith(end)),
  expandtabs: define(['tabsize'], (self: Str, [size = 8]) =>
    mapText(self, (whole) => expandTabs(whole, integer(size))),
  ),
  find: finding('indexOf', false),
  format: (self, args) => strFormat(self, args),
  index: finding('indexOf', true),
  isalnum: matching(/^[\p{L}\p{N}]+$/u),
  isalpha: matching(/^\p{L}+$/u),
  isascii: matching(/^[\0-\x7f]*$/),
  isdecimal: matching(/^\p{Nd}+$/u),
  isdigit: matching(/^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u),
  isidentifier: matching(/^[\p{L}_][\p{L}\p{N}_]*$/u),
  islower: define([], (self: Str) => isCase(self, 'toLowerCase')),
  isnumeric: matching(/^\p{N}+$/u),
  isprintable: matching(/^(?: |[^\p{C}\p{Z}])*$/u),
  isspace: matching(/^\s+$/),
  istitle: define([], (self: Str) => /\p{L}/u.test(plain(self)) && plain(titleCase(self)) === plain(self)),
  isupper: define([], (self: Str) => isCase(self, 'toUpperCase')),
  join: define(['iterable'], (self: Str, [items]) =>
    concat(iterate(required(items, 'iterable')).map(joinable), self),
  ),
  ljust: padding('<'),
  lower: changing((whole) => whole.toLowerCase()),
  lstrip: strip(true, false),
  partition: partition('indexOf'),
  removeprefix: withoutAffix(true),
  removesuffix: withoutAffix(false),
  replace: define(['old', 'new', 'count'], (self: Str, [old, replacement, limit = -1]) =>
    replaceText(
      self,
      exactCharacters(required(old, 'old')),
      exactText(required(replacement, 'new')),
      integer(limit),
    ),
  ),
  rfind: finding('lastIndexOf', false),
  rindex: finding('lastIndexOf', true),
  rjust: padding('>'),
  rpartition: partition('lastIndexOf'),
  rsplit: splitter(true),
  rstrip: strip(false, true),
  split: splitter(false),
  splitlines: define(['keepends'], (self: Str, [keep = false]) => splitLines(self, truth(keep))),
  startswith: affix((whole, start) => whole.startsWith(start)),
  strip: strip(true, true),
  swapcase: define([], swapCase),
  title: define([], titleCase),
  upper: changing((whole) => whole.toUpperCase()),
  zfill: define(['width'], (self: Str, [width]) => zeroFill(self, integer(required(width, 'width')))),
};

function joinable(item: Value, index: number): Str {
  if (isStr(item)) return item;
  throw new OperandError(
    `sequence item ${index}: expected str instance, ${typeName(item)} found`,
    'use the join filter',
  );
}

function expandTabs(whole: string, size: number): string {
  return whole
    .split('\n')
    .map((line) =>
      line
        .split('\t')
        .reduce((before, part) => before.padEnd(before.length + size - (before.length % size)) + part),
    )
    .join('\n');
}
