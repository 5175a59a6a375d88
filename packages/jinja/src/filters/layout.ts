import { OperandError } from '../errors.js';
import { codePointLength, codePointSlice } from '../python/code-points.js';
import { truth } from '../python/compare.js';
import { characters, exactText, integer, number, text } from '../python/convert.js';
import { truncate as truncated } from '../python/numbers.js';
import { prettyPrint } from '../python/pretty-print.js';
import { lengthOf } from '../python/iterate.js';
import { define, type Operation } from '../signature.js';
import { concat, isStr, mapText, plain, slice, type Str } from '../text.js';
import type { Value } from '../values.js';
import { comment } from './comment.js';
import { wordWrap } from './word-wrap.js';

/** Jinja2's leeway: a text that is longer by at most this much stays whole. */
const LEEWAY = 5;

function truncate(source: Str, length: number, end: Str, killWords: boolean): Str {
  const kept = codePointSlice(source, 0, Math.max(0, length - codePointLength(end)));
  const lastBlank = killWords ? -1 : plain(kept).lastIndexOf(' ');
  return concat([lastBlank < 0 ? kept : slice(kept, 0, lastBlank), end]);
}

const DECIMAL = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const BINARY = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

function fileSize(bytes: number, binary: boolean): string {
  const base = binary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${String(truncated(bytes))} Bytes`;
  const names = binary ? BINARY : DECIMAL;
  const power = names.findIndex((_, index) => bytes < base ** (index + 2));
  const index = power < 0 ? names.length - 1 : power;
  return `${(bytes / base ** (index + 1)).toFixed(1)} ${names[index] ?? ''}`;
}

const ENTITIES: Partial<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

const readEntity = (entity: string): string => {
  const [, radix, digits] = /^&#(x?)([\da-f]+);$/i.exec(entity) ?? [];
  if (digits !== undefined) return String.fromCodePoint(parseInt(digits, radix === '' ? 10 : 16));
  return ENTITIES[entity.slice(1, -1)] ?? entity;
};

const stripTags = (whole: string): string =>
  whole
    .replace(/<!--[^]*?-->|<[^>]*>/g, '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ')
    .replace(/&(?:#\d{1,6}|#x[\da-f]{1,5}|[a-z]+);/gi, readEntity);

/** Filters that lay a text out for people. */
export const layoutFilters: Record<string, Operation> = {
  comment,
  filesizeformat: define(['binary'], (input, [binary = false]) => fileSize(sizeOf(input), truth(binary))),
  pprint: define([], prettyPrint),
  striptags: define([], (input) => mapText(text(input), stripTags)),
  truncate: define(['length', 'killwords', 'end', 'leeway'], (input, args) => {
    const [length = 255, killWords = false, end = '...', leeway = null] = args;
    const spare = leeway === null ? LEEWAY : integer(leeway);
    const least = lengthOf(end);
    if (integer(length) < least)
      throw new OperandError(`expected length >= ${least}, got ${integer(length)}`);
    if (spare < 0) throw new OperandError(`expected leeway >= 0, got ${spare}`);
    const kept = integer(length) + spare;
    if (!isStr(input) && lengthOf(input) <= kept) return input;
    const source = exactText(input);
    return codePointLength(source) <= kept
      ? source
      : truncate(source, integer(length), text(end), truth(killWords));
  }),
  wordwrap: wordWrap,
};

function sizeOf(value: Value): number {
  const size = Number(typeof value === 'string' ? value : number(value));
  if (Number.isNaN(size))
    throw new OperandError(`could not convert '${characters(value)}' to a size`, 'give a number');
  return size;
}
