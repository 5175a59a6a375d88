import fc from 'fast-check';
import { Environment } from '../environment.js';
import type { Span } from '../text.js';
import { isStr } from '../text.js';
import { spansOf, Tuple, type Value } from '../values.js';

/** Every hostile text has this character, so that a piece of it is recognised in a result. */
const MARK = '☠';

/** Texts that try to be templates, literals, formats, quotes and patterns. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "{{ lookup('bomb') }}",
        "{% set x = lookup('bomb') %}",
        '{#',
        '[1, ',
        "{'a': 1}",
        "'",
        '"',
        '\\',
        '\n',
        '%s',
        '\\1',
        '{0}',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => MARK + pieces.join(MARK) + MARK);

/** What the lookup of an evaluated hostile text throws. */
export class Bomb extends Error {}

/** An environment in which an evaluated hostile text explodes. */
export const mined = new Environment({
  lookups: {
    bomb: () => {
      throw new Bomb('a tainted text was evaluated');
    },
  },
});

export function scopeOf(variables: Record<string, Value>): Map<string, Value> {
  return new Map(Object.entries(variables));
}

/** All pieces of all texts in a value, keys included. */
export function allSpans(value: Value): readonly Span[] {
  if (isStr(value)) return spansOf(value);
  if (Array.isArray(value)) return value.flatMap(allSpans);
  if (value instanceof Tuple) return value.items.flatMap(allSpans);
  return value instanceof Map
    ? [...value].flatMap(([key, item]) => [...allSpans(key), ...allSpans(item)])
    : [];
}

/** Pieces that hold a hostile character and are trusted nevertheless. */
export function leaked(value: Value): readonly Span[] {
  return allSpans(value).filter((span) => !span.tainted && span.text.includes(MARK));
}
