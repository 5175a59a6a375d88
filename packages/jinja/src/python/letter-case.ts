import { mapText, plain, type Str } from '../text.js';

/** Letters that stand for two, of which only the first is a capital in a title. */
const TITLE: Readonly<Record<string, string>> = { Ǆ: 'ǅ', Ǉ: 'ǈ', Ǌ: 'ǋ', Ǳ: 'ǲ' };

/** A character at the start of a title: of those that become several, one is a capital (ﬁ: Fi). */
function titleCharacter(character: string): string {
  const upper = character.toUpperCase();
  if (upper.length === character.length) return TITLE[upper] ?? upper;
  const at = Array.from(upper).findIndex((each) => each !== each.toLowerCase()) + 1;
  return upper.slice(0, at) + upper.slice(at).toLowerCase();
}

function firstUpper(word: string): string {
  const [first = ''] = word;
  return titleCharacter(first) + word.slice(first.length).toLowerCase();
}

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
  return mapText(text, (whole) =>
    whole.replace(/[^-\s({[<]+/gu, (word) => {
      const [first = ''] = word;
      return first.toUpperCase() + word.slice(first.length).toLowerCase();
    }),
  );
}

/** Python's `str.swapcase`. */
export function swapCase(text: Str): Str {
  return mapText(text, (whole) =>
    Array.from(whole, (each) => (each === each.toUpperCase() ? each.toLowerCase() : each.toUpperCase())).join(
      '',
    ),
  );
}

function foldCharacter(character: string): string {
  if (character === 'ı') return character;
  const upper = character.toUpperCase();
  return /\p{Script=Cherokee}/u.test(character) ? upper : upper.toLowerCase();
}

/** Python's `str.casefold`: the full case folding of Unicode, which spells ligatures out. */
export function foldCase(text: Str): Str {
  return mapText(text, (whole) => Array.from(whole, foldCharacter).join(''));
}

/** Whether the cased letters are all of one case, and there is at least one. */
export function isCase(text: Str, change: 'toLowerCase' | 'toUpperCase'): boolean {
  const characters = plain(text);
  return characters === characters[change]() && characters.toLowerCase() !== characters.toUpperCase();
}
