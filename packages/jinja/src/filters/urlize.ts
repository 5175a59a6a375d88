import { OperandError } from '../errors.js';
import { truth } from '../python/compare.js';
import { characters, integer, text } from '../python/convert.js';
import { iterate } from '../python/iterate.js';
import { define, type Operation } from '../signature.js';
import { carryTaint, plain } from '../text.js';
import type { Value } from '../values.js';
import { escapeHtml } from './escape-html.js';

const TAIL = '(?::\\d{1,5})?(?:[/?#]\\S*)?';
const WEB = new RegExp(
  `^(?:(?:https?://|www\\.)(?:[\\w%-]+\\.)*(?:[a-z]{2,63}|xn--[\\w%]{2,59})|(?:[\\w%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)|https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\]))${TAIL}$`,
  'i',
);
const MAIL = /^\S+@\w[\w.-]*\.\w+$/;

interface Linking {
  readonly limit: number | undefined;
  /** Written into the tag, blanks in front. */
  readonly attributes: string;
  readonly schemes: readonly string[];
}

const count = (word: string, part: string): number => word.split(part).length - 1;

/** Brackets that a URL opens belong to it, not to the sentence around it. */
function balanced(middle: string, tail: string): [string, string] {
  let [kept, rest] = [middle, tail];
  for (const [open, close] of [
    ['(', ')'],
    ['<', '>'],
    ['&lt;', '&gt;'],
  ] as const) {
    const opened = count(kept, open);
    if (opened <= count(kept, close)) continue;
    for (let moved = Math.min(opened, count(rest, close)); moved > 0; moved--) {
      const end = rest.indexOf(close) + close.length;
      [kept, rest] = [kept + rest.slice(0, end), rest.slice(end)];
    }
  }
  return [kept, rest];
}

function linked(word: string, { limit, attributes, schemes }: Linking): string {
  const shown = limit !== undefined && word.length > limit ? `${word.slice(0, limit)}...` : word;
  if (WEB.test(word)) {
    const address = /^https?:\/\//.test(word) ? word : `https://${word}`;
    return `<a href="${address}"${attributes}>${shown}</a>`;
  }
  if (word.startsWith('mailto:') && MAIL.test(word.slice(7))) return `<a href="${word}">${word.slice(7)}</a>`;
  if (!word.startsWith('www.') && !word.includes(':') && MAIL.test(word))
    return `<a href="mailto:${word}">${word}</a>`;
  const isOfScheme = schemes.some((scheme) => word !== scheme && word.startsWith(scheme));
  return isOfScheme ? `<a href="${word}"${attributes}>${word}</a>` : word;
}

function linkWord(word: string, linking: Linking): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  const body = word.slice(head.length);
  const tail = /(?:[)>.,\n]|&gt;)+$/.exec(body)?.[0] ?? '';
  const [middle, rest] = balanced(body.slice(0, body.length - tail.length), tail);
  return `${head}${linked(middle, linking)}${rest}`;
}

function attributesOf(nofollow: Value, rel: Value, target: Value): string {
  const names = new Set(rel === null ? [] : characters(rel).split(/\s+/).filter(Boolean));
  if (truth(nofollow)) names.add('nofollow');
  names.add('noopener');
  const to = target === null || !truth(target) ? '' : ` target="${escapeHtml(characters(target))}"`;
  return ` rel="${escapeHtml([...names].sort().join(' '))}"${to}`;
}

/** Jinja2's `urlize`: what looks like an address becomes a link. */
export const urlize: Operation = define(
  ['trim_url_limit', 'nofollow', 'target', 'rel', 'extra_schemes'],
  (input, [limit = null, nofollow = false, target = null, rel = null, schemes = null]) => {
    const source = text(input);
    const extra = schemes === null ? [] : iterate(schemes).map(characters);
    const bad = extra.find((scheme) => !/^[\w.+-]{2,}:(?:\/){0,2}$/.test(scheme));
    if (bad !== undefined) throw new OperandError(`'${bad}' is not a valid URI scheme prefix.`);
    const linking = {
      limit: limit === null ? undefined : integer(limit),
      attributes: attributesOf(nofollow, rel, target),
      schemes: extra,
    };
    const words = escapeHtml(plain(source)).split(/(\s+)/);
    return carryTaint(words.map((word) => linkWord(word, linking)).join(''), source);
  },
);
