import { expect, test } from 'vitest';
import { LineWriter } from './line-writer.js';

function double(text: string, width: number): string {
  const writer = new LineWriter(width);
  writer.double(text, 2);
  return writer.text;
}

/** PyYAML 6.0 with libyaml printed the right-hand sides. */
test.each([
  ['a single blank past the width becomes a new line', 'aaaa\u0007 b', String.raw`"aaaa\a` + '\n  b"'],
  ['of several blanks the first is the new line', 'aaaa\u0007   b', String.raw`"aaaa\a` + '\n  \\  b"'],
  ['no other of several blanks is one', 'aa    bbbb', '"aa    bbbb"'],
  ['a blank at the end is none', 'aaaa\u0007 ', String.raw`"aaaa\a "`],
])('in double quotes %s', (_, text, written) => {
  expect(double(text, 5)).toBe(written);
});
