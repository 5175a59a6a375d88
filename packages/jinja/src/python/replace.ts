import { concat, plain, slicer, type Str } from '../text.js';

/** Python's `str.replace`: at most `limit` times (-1: everywhere); every piece keeps its taint. */
export function replaceText(text: Str, old: string, replacement: Str, limit = -1): Str {
  if (typeof text === 'string' && typeof replacement === 'string' && limit < 0) {
    return text.replaceAll(old, () => replacement);
  }
  const characters = plain(text);
  const piece = slicer(text);
  const parts: Str[] = [];
  let [from, done] = [0, 0];
  let at = characters.indexOf(old);
  while (at !== -1 && done !== limit && at <= characters.length) {
    parts.push(piece(from, at), replacement);
    from = at + old.length;
    done += 1;
    if (old === '' && at >= characters.length) break;
    at = characters.indexOf(old, old === '' ? at + 1 : from);
  }
  return done === 0 ? text : concat([...parts, piece(from)]);
}
