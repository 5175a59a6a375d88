import { expand } from '@tenon/jinja/python/regex-replacement';
import { plain } from '@tenon/jinja/text';
import { found } from './pattern-text.js';

/** What `lineinfile` should do with the lines of a file; texts hold one character a byte. */
export interface LineEdit {
  readonly line: string;
  readonly regexp: RegExp | undefined;
  readonly searchString: string | undefined;
  /** Where a new line goes when nothing matches: behind or in front of a match, or at an end. */
  readonly place: 'BOF' | 'EOF' | { readonly after: RegExp } | { readonly before: RegExp };
  /** The line with group references, to be used only where the pattern matches (`backrefs`). */
  readonly replacement: string | undefined;
  readonly firstMatch: boolean;
}

/** Each with its line end; '' has none. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

const withoutEnd = (line: string) => line.replace(/[\r\n]+$/, '');
const isEnded = (line: string) => /[\r\n]$/.test(line);

interface Match {
  readonly index: number;
  readonly match: RegExpExecArray | undefined;
}

/** The last line that matches, or the first when that is asked for. */
function findMatch(lines: readonly string[], edit: LineEdit): Match | undefined {
  const { regexp, searchString, firstMatch } = edit;
  let last: Match | undefined;
  for (const [index, line] of lines.entries()) {
    if (regexp !== undefined) regexp.lastIndex = 0;
    const match = regexp?.exec(line) ?? undefined;
    if (match === undefined && !(searchString !== undefined && line.includes(searchString))) continue;
    last = { index, match };
    if (firstMatch) break;
  }
  return last;
}

/** Where the line itself is already, and in front of which line a new one belongs by `place`. */
function findPlace(
  lines: readonly string[],
  { line, place, firstMatch }: LineEdit,
): { same?: number; at?: number } {
  const result: { same?: number; at?: number } = {};
  const [anchor, offset] =
    typeof place === 'string' ? [undefined, 0] : 'after' in place ? [place.after, 1] : [place.before, 0];
  for (const [index, each] of lines.entries()) {
    if (withoutEnd(each) === line) result.same = index;
    else if (anchor !== undefined && found(anchor, each)) {
      result.at = index + offset;
      if (firstMatch) break;
    }
  }
  return result;
}

function replaced(lines: string[], index: number, line: string): string | undefined {
  const ended = line.endsWith('\n') ? line : `${line}\n`;
  if (lines[index] === ended) return undefined;
  lines[index] = ended;
  return 'line replaced';
}

function inserted(lines: string[], edit: LineEdit, at: number | undefined): string | undefined {
  const { line, place } = edit;
  if (place === 'BOF') lines.unshift(`${line}\n`);
  else if (place === 'EOF' || at === undefined) {
    const last = lines.at(-1);
    if (last !== undefined && !isEnded(last)) lines.push('\n');
    lines.push(`${line}\n`);
  } else {
    // Behind the anchor the line may stand already, with another line end.
    const neighbour = lines[at === lines.length ? at - 1 : at];
    if ('after' in place && neighbour !== undefined && withoutEnd(neighbour) === line) return undefined;
    // Ansible 2.14 would glue the line to a last line without an end.
    const before = lines[at - 1];
    if (before !== undefined && !isEnded(before)) lines[at - 1] = `${before}\n`;
    lines.splice(at, 0, `${line}\n`);
  }
  return 'line added';
}

/** Changes the lines so that the line is among them; what was done in Ansible's words, undefined for nothing (Ansible 2.14). */
export function ensureLine(lines: string[], edit: LineEdit): string | undefined {
  const match = findMatch(lines, edit);
  if (match !== undefined) {
    const line =
      edit.replacement !== undefined && match.match !== undefined
        ? plain(expand(edit.replacement, match.match, lines[match.index] ?? ''))
        : edit.line;
    return replaced(lines, match.index, line);
  }
  const { same, at } = findPlace(lines, edit);
  if (same !== undefined) return replaced(lines, same, edit.line);
  return edit.replacement !== undefined ? undefined : inserted(lines, edit, at);
}

/** Removes the lines that match, or are the line; how many. */
export function removeLines(
  lines: string[],
  { regexp, searchString, line }: Pick<LineEdit, 'regexp' | 'searchString'> & { line: string | undefined },
): number {
  const matches = (each: string) =>
    regexp !== undefined
      ? found(regexp, each)
      : searchString !== undefined
        ? each.includes(searchString)
        : withoutEnd(each) === line;
  const kept = lines.filter((each) => !matches(each));
  const removed = lines.length - kept.length;
  lines.splice(0, lines.length, ...kept);
  return removed;
}
