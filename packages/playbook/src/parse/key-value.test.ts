import { expect, test } from 'vitest';
import { readCommandLine, readPairs } from './key-value.js';

const OPTIONS = new Set(['creates', 'chdir']);

test.each([
  ['name=apache2\nupdate_cache=yes', { name: 'apache2', update_cache: 'yes' }],
  [`msg="hello world" other='a b'`, { msg: 'hello world', other: 'a b' }],
  ['name={{ a b }} x="{{ "q" }} y"', { name: '{{ a b }}', x: '{{ "q" }} y' }],
  ['a=b=c', { a: 'b=c' }],
  ['a="it\\"s"', { a: 'it"s' }],
  ['a=\\U0001F600\\UFFFFFFFF', { a: '😀\\UFFFFFFFF' }],
  ["a='it\\'s'", { a: "it's" }],
  ['a="x\\ty" b=\\x41\\u00e9\\\\n c=\\d', { a: 'x\ty', b: 'Aé\\n', c: '\\d' }],
  ['{{ n }}_x=1 x{{ n }}y="a b"', { '{{ n }}_x': '1', 'x{{ n }}y': 'a b' }],
  ['a=1 \\\n b=2', { a: '1', b: '2' }],
  ['a=', { a: '' }],
])('%j is read as pairs', (text, pairs) => {
  expect(readPairs(text)).toEqual({ options: new Map(Object.entries(pairs)), rest: '' });
});

test.each([
  ['echo "{{ m }}" > f', {}, 'echo "{{ m }}" > f'],
  ['creates=/x chdir="/a b" make a=b', { creates: '/x', chdir: '/a b' }, 'make a=b'],
  ['make install creates=/x', { creates: '/x' }, 'make install'],
  ['a  "b   c"\n  d', {}, 'a  "b   c"\n  d'],
  ['x creates\\=y', {}, 'x creates=y'],
])('%j is a command with options in it', (text, options, rest) => {
  expect(readCommandLine(text, OPTIONS)).toEqual({ options: new Map(Object.entries(options)), rest });
});

test.each(['a="b', "a='b", 'a={{ b', 'a={% b'])('%j is not closed', (text) => {
  expect(() => readPairs(text)).toThrow('cannot split the arguments');
});
