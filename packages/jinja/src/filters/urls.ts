import { Dict } from '../dict.js';
import { OperandError } from '../errors.js';
import { characters, text } from '../python/convert.js';
import { pairsOf } from '../python/dict-methods.js';
import { define, type Operation } from '../signature.js';
import { carryTaint, concat, isStr, mapText, plain, slice, type Str } from '../text.js';
import { Tuple, type Value } from '../values.js';

const percent = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Python's `urllib.parse.quote`; `/` stays unless it is for a query. */
function quoteUrl(source: Str, forQuery: boolean): Str {
  return mapText(source, (whole) => {
    const safe = forQuery ? /[\w.~-]/ : /[\w.~/-]/;
    const quoted = Array.from(whole, (character) =>
      safe.test(character) ? character : Array.from(Buffer.from(character, 'utf8'), percent).join(''),
    ).join('');
    return forQuery ? quoted.replaceAll('%20', '+') : quoted;
  });
}

function encode(input: Value): Str {
  if (isStr(input) || !(input instanceof Map || Array.isArray(input) || input instanceof Tuple)) {
    return quoteUrl(text(input), false);
  }
  const pairs = pairsOf(input).map(([key, value]) =>
    concat([quoteUrl(text(key), true), '=', quoteUrl(text(value), true)]),
  );
  return concat(pairs, '&');
}

function decode(whole: string): string {
  const bytes = whole
    .replaceAll('+', ' ')
    .replace(/(?:%[\da-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
  return bytes;
}

const URL_PARTS = /^(?:([A-Za-z][A-Za-z\d+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/ds;
const NETLOC = /^(?:([^@:]*)(?::([^@]*))?@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/ds;

/** A group of a match with its taint; null when it took no part. */
function part(source: Str, match: RegExpExecArray | null, group: number): Str | null {
  const range = match?.indices?.[group];
  return range === undefined ? null : slice(source, range[0], range[1]);
}

const lower = (source: Str | null): Str | null => source && mapText(source, (whole) => whole.toLowerCase());

/** Python's `urllib.parse.urlsplit`, as Ansible shows it. */
function splitUrl(source: Str): Dict {
  const url = URL_PARTS.exec(plain(source));
  const netloc = part(source, url, 2) ?? '';
  const place = NETLOC.exec(plain(netloc));
  const host = lower(part(netloc, place, 3));
  const port = part(netloc, place, 4);
  return new Dict(
    Object.entries({
      fragment: part(source, url, 5) ?? '',
      hostname:
        host === null || plain(host) === '' ? null : mapText(host, (whole) => whole.replace(/^\[|\]$/g, '')),
      netloc,
      password: part(netloc, place, 2),
      path: part(source, url, 3) ?? '',
      port: port === null || plain(port) === '' ? null : Number(plain(port)),
      query: part(source, url, 4) ?? '',
      scheme: lower(part(source, url, 1)) ?? '',
      username: part(netloc, place, 1),
    }),
  );
}

/** Filters on URLs. */
export const urlFilters: Record<string, Operation> = {
  urldecode: define([], (input) => {
    const source = text(input);
    return carryTaint(decode(plain(source)), source);
  }),
  urlencode: define([], encode),
  urlsplit: define(['query'], (input, [query = '']) => {
    const parts = splitUrl(text(input));
    const name = characters(query);
    if (name === '') return parts;
    const found = parts.get(name);
    if (found === undefined)
      throw new OperandError(
        `urlsplit: unknown URL component: ${name}`,
        `use one of ${[...parts.keys()].map(characters).join(', ')}`,
      );
    return found;
  }),
};
