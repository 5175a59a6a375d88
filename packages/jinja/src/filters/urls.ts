import { OperandError } from '../errors.js';
import { characters, exactText, text } from '../python/convert.js';
import { pairsOf } from '../python/dict-methods.js';
import { define, type Operation } from '../signature.js';
import { carryTaint, concat, isStr, mapText, plain, type Str } from '../text.js';
import { portNumber, splitUrl } from './split-url.js';
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

/** Filters on URLs. */
export const urlFilters: Record<string, Operation> = {
  urldecode: define([], (input) => {
    const source = exactText(input);
    return carryTaint(decode(plain(source)), source);
  }),
  urlencode: define([], encode),
  urlsplit: define(['query'], (input, [query = '']) => {
    const parts = splitUrl(input === null ? '' : exactText(input));
    const port = parts.get('port') ?? null;
    if (port !== null) parts.set('port', portNumber(characters(port)));
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
