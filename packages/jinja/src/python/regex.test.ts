import { describe, expect, it } from 'vitest';
import { pythonRegex, type RegexOptions } from './regex.js';

const found = (pattern: string, text: string, options?: RegexOptions): string | null =>
  pythonRegex(pattern, options).exec(text)?.[0] ?? null;

describe("a pattern of Python's re", () => {
  it.each<[string, string, string | null]>([
    ['(?P<a>x)(?P=a)', 'xx', 'xx'],
    ['\\Aab\\Z', 'ab', 'ab'],
    ['a$', 'a\n', 'a'],
    ['a$', 'a\nb', null],
    ['^b', 'a\nb', null],
    ['a.b', 'a\nb', null],
    ['(?s)a.b', 'a\nb', 'a\nb'],
    ['(?im)^B$', 'a\nb\nc', 'b'],
    ['\\d+', '٣4', '٣4'],
    ['\\w+', 'é_1-', 'é_1'],
    ['\\bé\\b', 'a é b', 'é'],
    ['\\B.', 'ab', 'b'],
    ['[\\w-]+', 'a-b c', 'a-b'],
    ['[]a]+', 'a]b', 'a]'],
    ['[^]a]+', ']b', 'b'],
    ['[a\\]]+', 'a]', 'a]'],
    ['a{2}{', 'aa{', 'aa{'],
    ['a{,2}b', 'aab', 'aab'],
    ['{x}', '{x}', '{x}'],
    ['a}', 'a}', 'a}'],
    ['(?x) a b # comment', 'ab', 'ab'],
    ['a(?#note)b', 'ab', 'ab'],
    ['(?i:A)b', 'ab', 'ab'],
    ['(?:a|b)+?', 'ab', 'a'],
    ['(?<=a)b(?!c)', 'abd', 'b'],
    ['\\\'\\"\\-\\ \\/\\#\\%', '\'"- /#%', '\'"- /#%'],
    ['\\x41\\u0042\\103', 'ABC', 'ABC'],
    ['[\\x41-C]+', 'ABC', 'ABC'],
    ['.', '😀', '😀'],
    ['\\\\n', '\\n', '\\n'],
  ])('%s in %j finds %j', (pattern, text, expected) => {
    expect(found(pattern, text)).toBe(expected);
  });

  it.each([
    ['\\w+', 'éab_1é', 'ab_1'],
    ['[\\w-]+', 'é-aé', '-a'],
    ['\\d', '٣3', '3'],
    ['\\s', '\u00a0 ', ' '],
    ['\\bb', 'éb', 'b'],
    ['\\Ba', 'éa', null],
    ['[^\\D]', '٣3', '3'],
  ])('%s knows ASCII alone when it is asked to: in %j it finds %j', (pattern, text, expected) => {
    expect(pythonRegex(pattern, { ascii: true }).exec(text)?.[0] ?? null).toBe(expected);
  });

  it('matches at every line when it is asked to', () => {
    expect(found('^b$', 'a\nb\nc', { multiline: true })).toBe('b');
  });

  it.each(['(', '[a', 'a\\', '\\q', '(?>a)', '(?(1)a|b)', 'a**', '(?P=none)'])(
    '%s is refused with a reason',
    (pattern) => {
      expect(() => pythonRegex(pattern)).toThrow(/pattern|regular expression|escape/);
    },
  );
});
