import { describe, expect, test } from 'vitest';
import { ensureLine, removeLines, splitLines, type LineEdit } from './line-edit.js';
import { compileBytes } from './pattern-text.js';

const pattern = (text: string) => compileBytes(text, 'pattern');

function ensured(before: string, edit: Partial<LineEdit>): string {
  const lines = splitLines(before);
  ensureLine(lines, {
    ...{ line: 'new', regexp: undefined, searchString: undefined },
    ...{ place: 'EOF', replacement: undefined, firstMatch: false },
    ...edit,
  });
  return lines.join('');
}

describe('a line is put where Ansible 2.14 puts it', () => {
  test.each<[string, string, Partial<LineEdit>, string]>([
    ['at the end', 'a\nb\n', {}, 'a\nb\nnew\n'],
    ['behind a last line without an end', 'a', {}, 'a\nnew\n'],
    ['into an empty file', '', {}, 'new\n'],
    ['at the beginning', 'a\n', { place: 'BOF' }, 'new\na\n'],
    ['nowhere when it is there', 'new\na\n', {}, 'new\na\n'],
    ['in place of the same line with another end', 'new\r\n', {}, 'new\n'],
    ['in place of the last match', 'x1\nx2\ny\n', { regexp: pattern('^x|^new') }, 'x1\nnew\ny\n'],
    [
      'in place of the first match',
      'x1\nx2\n',
      { regexp: pattern('^x|^new'), firstMatch: true },
      'new\nx2\n',
    ],
    ['in place of a text', 'a.b\naxb\n', { searchString: 'a.b' }, 'new\naxb\n'],
    [
      'behind the last match of insertafter',
      'x\nx\ny\n',
      { place: { after: pattern('^x') } },
      'x\nx\nnew\ny\n',
    ],
    [
      'in front of the last match of insertbefore',
      'x\nx\n',
      { place: { before: pattern('x') } },
      'x\nnew\nx\n',
    ],
    ['at the end when insertafter finds nothing', 'a\n', { place: { after: pattern('z') } }, 'a\nnew\n'],
    ['behind a match that has no line end', 'x', { place: { after: pattern('x') } }, 'x\nnew\n'],
    [
      'nowhere when it stands behind the match',
      'x\nnew\r\n',
      { regexp: pattern('zz'), place: { after: pattern('x') } },
      'x\nnew\n',
    ],
    [
      'with the groups of the match',
      'port = 1\n',
      { regexp: pattern('^(\\w+) = (?P<n>\\d)'), replacement: '\\1=\\g<n>0', line: '\\1=\\g<n>0' },
      'port=10\n',
    ],
    ['nowhere when backrefs have no match', 'a\n', { regexp: pattern('z(.)'), replacement: '\\1' }, 'a\n'],
  ])('%s', (_name, before, edit, after) => {
    expect(ensured(before, edit)).toBe(after);
    expect(edit.replacement === undefined ? ensured(after, edit) : after).toBe(after);
  });
});

test('removes every line that matches and says how many', () => {
  const lines = splitLines('a\nb\r\na\n');

  const none = removeLines(lines, { regexp: undefined, searchString: undefined, line: 'z' });
  const some = removeLines(lines, { regexp: undefined, searchString: undefined, line: 'b' });
  const all = removeLines(lines, { regexp: pattern('a'), searchString: undefined, line: undefined });

  expect([none, some, all, lines]).toEqual([0, 1, 2, []]);
});
