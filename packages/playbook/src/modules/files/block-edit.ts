import { found } from './pattern-text.js';

/** A block between two marker lines; texts hold one character a byte. */
export interface BlockEdit {
  /** With their line ends. */
  readonly begin: string;
  readonly end: string;
  /** Lines with their ends; '' removes the block and its markers. */
  readonly block: string;
  /** Where a new block goes; a pattern with the flag (?m) is looked for in the whole file instead of line by line. */
  readonly place: 'BOF' | 'EOF' | { readonly after: RegExp } | { readonly before: RegExp };
  readonly wholeFile: boolean;
}

/** Python's splitlines for bytes, ends kept. */
function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

const countLineEnds = (text: string) => text.split('\n').length - 1;

function placeInWhole(text: string, place: Exclude<BlockEdit['place'], string>): number | undefined {
  const regex = 'after' in place ? place.after : place.before;
  regex.lastIndex = 0;
  const match = regex.exec(text);
  if (match === null) return undefined;
  return 'after' in place
    ? countLineEnds(text.slice(0, match.index + match[0].length))
    : countLineEnds(text.slice(0, match.index));
}

/** In front of which line a new block belongs. */
function placeOf(text: string, lines: readonly string[], { place, wholeFile }: BlockEdit): number {
  if (place === 'BOF') return 0;
  if (place === 'EOF') return lines.length;
  const regex = 'after' in place ? place.after : place.before;
  const at = wholeFile ? placeInWhole(text, place) : lines.findLastIndex((line) => found(regex, line));
  if (at === undefined || at < 0) return lines.length;
  return 'after' in place ? at + 1 : at;
}

/** The text with the block where it belongs: in the place of the last one, or in a new place (Ansible 2.14). */
export function placeBlock(text: string, edit: BlockEdit): string {
  const lines = splitLines(text);
  const first = lines.lastIndexOf(edit.begin);
  const last = lines.lastIndexOf(edit.end);
  let at: number;
  if (first < 0 || last < 0) at = placeOf(text, lines, edit);
  else {
    at = Math.min(first, last);
    lines.splice(at, Math.abs(last - first) + 1);
  }
  const before = lines[at - 1];
  if (before !== undefined && !before.endsWith('\n')) lines[at - 1] = `${before}\n`;
  if (edit.block !== '') lines.splice(at, 0, edit.begin, edit.block, edit.end);
  return lines.join('');
}
