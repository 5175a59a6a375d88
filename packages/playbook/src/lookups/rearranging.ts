import { randomInt } from 'node:crypto';
import { Dict } from '@tenon/jinja/dict';
import type { Lookup } from '@tenon/jinja/environment';
import { LookupError } from '@tenon/jinja/errors';
import { LazyMap, Tuple, type Value } from '@tenon/jinja/values';
import { ofTerms } from './of-terms.js';

/** The items of a list or tuple; undefined for anything else. */
function sequenceOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Tuple ? value.items : undefined;
}

/** One level of lists dissolved. */
export function flattened(terms: readonly Value[]): Value[] {
  return terms.flatMap((term) => sequenceOf(term) ?? [term]);
}

/** All levels of lists dissolved; what is nothing is left out (Ansible's lookup `flattened`). */
function dissolved(value: Value): Value[] {
  if (value === null || value === 'None' || value === 'null') return [];
  return sequenceOf(value)?.flatMap(dissolved) ?? [value];
}

/** What a term that should be a list is: itself, or a list of it. */
const listOf = (term: Value): readonly Value[] => sequenceOf(term) ?? [term];

function entriesOf(term: Value): Value[] {
  const dictionary = term instanceof LazyMap ? term.toDict() : term;
  if (!(dictionary instanceof Map)) throw new LookupError('with_dict expects a dict');
  return [...dictionary].map(
    ([key, value]) =>
      new Dict([
        ['key', key],
        ['value', value],
      ]),
  );
}

function everyCombination(lists: readonly Value[]): Value[] {
  const [first, ...rest] = lists.map(listOf);
  if (first === undefined)
    throw new LookupError('with_nested requires at least one element in the nested list');
  const combined = rest.reduce<readonly Value[]>(
    (found, list) => found.flatMap((left) => list.map((right) => flattened([left, right]))),
    first,
  );
  return combined.map((item) => flattened(listOf(item)));
}

function sideBySide(lists: readonly Value[]): Value[] {
  const columns = lists.map(listOf);
  if (columns.length === 0) throw new LookupError('with_together requires at least one element in each list');
  const length = Math.max(...columns.map((column) => column.length));
  return Array.from({ length }, (_, row) => flattened(columns.map((column) => column[row] ?? null)));
}

/** The lookups that only bring their terms into another shape. */
export const rearrangingLookups: Readonly<Record<string, Lookup>> = {
  dict: ofTerms(({ positional }) => positional.flatMap(entriesOf)),
  flattened: ofTerms(({ positional }) => dissolved([...positional])),
  indexed_items: ofTerms(({ positional }) =>
    flattened(positional).map((item, index) => new Tuple([index, item])),
  ),
  items: ofTerms(({ positional }) => flattened(positional)),
  list: ofTerms(({ positional }) => [...positional]),
  nested: ofTerms(({ positional }) => everyCombination(positional)),
  random_choice: ofTerms(({ positional }) =>
    positional.length === 0 ? [] : [positional[randomInt(positional.length)] ?? null],
  ),
  together: ofTerms(({ positional }) => sideBySide(positional)),
};
