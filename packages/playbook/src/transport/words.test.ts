import { expect, test } from 'vitest';
import { wordsOf } from './words.js';

test.each([
  ['-H  -S', ['-H', '-S']],
  [`-o "A B=c d" -o'X=Y Z'`, ['-o', 'A B=c d', '-oX=Y Z']],
  [String.raw`a\ b "q\"q" ''`, ['a b', 'q"q', '']],
  ['', []],
])('%s is %j', (line, words) => {
  expect(wordsOf(line)).toEqual(words);
});
