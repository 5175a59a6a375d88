import { plain, slice, type Str } from '../text.js';

/** Cuts characters off the ends: blanks, or those of `set`. */
export function trim(text: Str, ends: { start: boolean; end: boolean }, set?: string): Str {
  const characters = plain(text);
  const cuts = (character: string): boolean =>
    set === undefined ? character.trim() === '' : set.includes(character);
  let [from, to] = [0, characters.length];
  while (ends.start && from < to && cuts(characters.charAt(from))) from += 1;
  while (ends.end && to > from && cuts(characters.charAt(to - 1))) to -= 1;
  return slice(text, from, to);
}
