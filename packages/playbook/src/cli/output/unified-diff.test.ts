import { expect, test } from 'vitest';
import { diffText } from './diff-text.js';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`);

test('two places far apart are two hunks with three lines around each', () => {
  const before = numbered(30);
  const after = before.with(4, 'five\n').with(24, 'twenty-five\n').join('');

  const text = diffText([{ before: before.join(''), after }], false);

  expect(text.match(/^@@.*$/gm)).toEqual(['@@ -2,7 +2,7 @@', '@@ -22,7 +22,7 @@']);
  expect(text).toContain(' line 4\n-line 5\n+five\n line 6\n');
});

test('two places near each other are one hunk', () => {
  const before = numbered(12);
  const after = before.with(2, 'three\n').with(8, 'nine\n').join('');

  expect(diffText([{ before: before.join(''), after }], false).match(/^@@.*$/gm)).toEqual([
    '@@ -1,12 +1,12 @@',
  ]);
});

test('a missing line end is said', () => {
  expect(diffText([{ before: 'a\n', after: 'a' }], false)).toBe(
    '--- before\n+++ after\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n\n',
  );
});

test('what is the same has no diff', () => {
  expect(diffText([{ before: 'a\n', after: 'a\n' }], false)).toBe('');
});

test('the longest common run decides what belongs together', () => {
  const text = diffText([{ before: 'x\na\nb\nc\n', after: 'a\nb\nc\nx\n' }], false);

  expect(text).toBe('--- before\n+++ after\n@@ -1,4 +1,4 @@\n-x\n a\n b\n c\n+x\n\n');
});
