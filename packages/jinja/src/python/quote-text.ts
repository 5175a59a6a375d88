import { mapText, plain, concat, type Str } from '../text.js';

const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
]);

/** Control, format, surrogate, private, unassigned and separator characters, except the blank. */
const UNPRINTABLE = /[\p{C}\p{Z}\\]/gu;

function escapeCharacter(character: string): string {
  if (character === ' ') return character;
  const named = NAMED.get(character);
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** A string as Python's `repr` writes it: single quotes unless only those occur inside. */
export function quoteText(text: Str): Str {
  const characters = plain(text);
  const quote = characters.includes("'") && !characters.includes('"') ? '"' : "'";
  const body = mapText(text, (piece) => {
    const escaped = piece.replace(UNPRINTABLE, escapeCharacter);
    return quote === "'" ? escaped.replaceAll("'", "\\'") : escaped;
  });
  return concat([quote, body, quote]);
}
