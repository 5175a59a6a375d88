import type { Diff } from '../../modules/module.js';
import { paint, type Ink } from './paint.js';
import { unifiedDiff } from './unified-diff.js';

const NO_LINE_END = '\n\\ No newline at end of file';

/** The lines of a text; the last one says so when it has no line end. */
function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split(/\r\n|[\n\r\v\f\x85\u2028\u2029]/);
  if (lines.at(-1) === '') return lines.slice(0, -1);
  lines.push(`${lines.pop() ?? ''}${NO_LINE_END}`);
  return lines;
}

function inkOf(line: string): Ink | undefined {
  if (line.startsWith('+')) return 'added';
  if (line.startsWith('-')) return 'removed';
  return line.startsWith('@@') ? 'lines' : undefined;
}

function headed(name: string, header: string | undefined): string {
  return header === undefined ? name : `${name}: ${header}`;
}

/** `--diff`: a unified diff of each pair with an empty line behind it; '' when nothing differs. */
export function diffText(diffs: readonly Diff[], colour: boolean): string {
  return diffs
    .map(({ before, after, beforeHeader, afterHeader }) => {
      const body = unifiedDiff(linesOf(before), linesOf(after));
      if (body.length === 0) return '';
      const lines = [`--- ${headed('before', beforeHeader)}`, `+++ ${headed('after', afterHeader)}`, ...body];
      const shown = lines.map((line) => {
        const ink = inkOf(line);
        return colour && ink !== undefined ? paint(`${line}\n`, ink) : `${line}\n`;
      });
      return `${shown.join('')}\n`;
    })
    .join('');
}
