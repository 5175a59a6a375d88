import { mapText, plain, type Str } from '../text.js';

const firstUpper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** Python's `str.capitalize`. */
export function capitalize(text: Str): Str {
  return mapText(text, (whole) => (whole === '' ? whole : firstUpper(whole)));
}

/** Python's `str.title`: every run of letters begins in upper case. */
export function titleCase(text: Str): Str {
  return mapText(text, (whole) => whole.replace(/\p{L}+/gu, firstUpper));
}

/** Jinja2's `title`: words begin after blanks, hyphens and opening brackets, and nowhere else. */
export function titleWords(text: Str): Str {
  return mapText(text, (whole) => whole.replace(/[^-\s({[<]+/gu, firstUpper));
}

/** Python's `str.swapcase`. */
export function swapCase(text: Str): Str {
  return mapText(text, (whole) =>
    Array.from(whole, (each) => (each === each.toUpperCase() ? each.toLowerCase() : each.toUpperCase())).join(
      '',
    ),
  );
}

/** Whether the cased letters are all of one case, and there is at least one. */
export function isCase(text: Str, change: 'toLowerCase' | 'toUpperCase'): boolean {
  const characters = plain(text);
  return characters === characters[change]() && characters.toLowerCase() !== characters.toUpperCase();
}
