import { expect, test } from 'vitest';
import { placeBlock, type BlockEdit } from './block-edit.js';
import { compileBytes } from './pattern-text.js';

const pattern = (text: string) => compileBytes(text, 'pattern');

test.each<[string, string, Partial<BlockEdit>, string]>([
  ['at the end', 'x\n', {}, 'x\n# B\none\n# E\n'],
  ['behind a last line without an end', 'x', {}, 'x\n# B\none\n# E\n'],
  ['at the beginning', 'x\n', { place: 'BOF' }, '# B\none\n# E\nx\n'],
  ['in place of the old one', '# B\nold\nolder\n# E\ny\n', {}, '# B\none\n# E\ny\n'],
  ['in place of the last of two', '# B\n# E\n# B\nx\n# E\n', {}, '# B\n# E\n# B\none\n# E\n'],
  ['in place of one that is upside down', '# E\nx\n# B\n', {}, '# B\none\n# E\n'],
  ['a second time when one marker is missing', '# B\nx\n', {}, '# B\nx\n# B\none\n# E\n'],
  ['behind a match', 'x\ny\n', { place: { after: pattern('^x') } }, 'x\n# B\none\n# E\ny\n'],
  ['in front of a match', 'x\ny\n', { place: { before: pattern('^y') } }, 'x\n# B\none\n# E\ny\n'],
  [
    'behind a match of several lines',
    'x\ny\nz\n',
    { place: { after: pattern('(?m)^x\\ny$') }, wholeFile: true },
    'x\ny\n# B\none\n# E\nz\n',
  ],
  ['away', 'a\n# B\nx\n# E\nb\n', { block: '' }, 'a\nb\n'],
  ['not away when it is not there', 'a\n', { block: '' }, 'a\n'],
])('a block goes %s', (_name, before, edit, after) => {
  const whole = {
    begin: '# B\n',
    end: '# E\n',
    block: 'one\n',
    place: 'EOF',
    wholeFile: false,
    ...edit,
  } as const;

  expect(placeBlock(before, whole)).toBe(after);
});
