import type { Random } from './random.ts';

/** Plain data, as JSON has it; `{ $float: '1.0' }` and `{ $int: '…' }` are numbers that JSON cannot tell. */
export type Data = null | boolean | number | string | Data[] | { [key: string]: Data };

const float = (text: string): Data => ({ $float: text });

/** The variables of every case. */
export const fixedVariables: Readonly<Record<string, Data>> = {
  i: 5,
  j: 12,
  neg: -7,
  zero: 0,
  big: { $int: '123456789012345678901234567890' },
  f: float('2.5'),
  g: float('-0.125'),
  tiny: float('1e-07'),
  b: true,
  n: null,
  s: 'hello world',
  t: 'The Quick brown_fox',
  uni: 'Päß ünï ☃ 😀',
  e: '',
  ml: 'line one\n  line two\n\nline four\n',
  path: '/etc/nginx/conf.d/site.tar.gz',
  ver: '1.10.2',
  url: 'http://user:pw@www.acme.com:9000/dir/index.html?query=term#fragment',
  html: '<a href="x">T&amp;</a>',
  js: '{"a": [1, 2.0, null, true], "b": "x"}',
  lstr: '[1, "two", {"a": 3}]',
  tab: 'a\tb',
  csv: 'a,b\n1,2\n',
  key: 'k',
  b64: 'aGVsbG8=',
  tricky: [
    'yes',
    'null',
    '1',
    '1.0',
    ' x',
    'a: b',
    '#c',
    '- d',
    "it's",
    'q"',
    'x\ny',
    '',
    '~',
    '2024-01-01',
    '0x1f',
    'é',
    '%',
    '@',
    '`',
    '!x',
    '&y',
    '*z',
    'tab\tx',
    'long '.repeat(30),
    { $float: 'inf' },
    float('1e+20'),
    '=',
    '<<',
    '1_000',
    '12:30:45',
    '\u0007',
    'trail ',
    '\\',
    '0o17',
    'on',
    '🙂',
  ],
  lst: ['a', 'b', 'c'],
  strs: ['beta', 'Alpha', 'gamma', 'alpha'],
  nums: [3, 1, 2, 2],
  mixed: [1, 'a', null, true, float('2.5')],
  nested: [[1, [2, 3]], [4], 5, null],
  d: { k1: 1, k2: 'v', k: 'val', a: { b: [1, 2] } },
  dd: { b: { x: 1, y: [1, 2] }, a: { x: 2, z: 'q' } },
  users: [
    { name: 'al', age: 31, grp: 'g1', tags: ['x', 'y'], meta: { x: 1 } },
    { name: 'bo', age: 25, grp: 'g2', tags: [], meta: {} },
    { name: 'Cy', age: 44, grp: 'g1', tags: ['z'] },
  ],
  res: { rc: 0, stdout: 'out', changed: true, failed: false },
  lazy: '{{ s }}',
  lazylst: '{{ nums }}',
  bad: '{{ nope }}',
  lazyd: { a: '{{ i }}', b: ['{{ s }}'] },
};

const TEXTS = [
  'a',
  'B',
  '10',
  '9',
  'true',
  'é',
  'x y',
  '',
  '[1]',
  '{"a": 1}',
  'None',
  "'",
  '\\',
  '1.5',
  'a\nb',
  '{{ i }}',
  'ab,cd',
  'ÀÉ',
  'ß',
  '٣',
  '½',
  'Ⅷ',
  '\u00a0',
  '\u2028',
  'e\u0301',
];

function scalar(random: Random): Data {
  return random.pick<() => Data>([
    () => random.below(20) - 5,
    () => float((random.fraction() * 10 ** (random.below(12) - 4)).toString().replace(/^(\d+)$/, '$1.0')),
    () => random.pick(TEXTS),
    () => random.pick(TEXTS) + random.pick(TEXTS),
    () => random.chance(0.5),
    () => null,
    () => ({ $int: String(BigInt(random.below(2 ** 31)) ** 3n) }),
  ])();
}

function data(random: Random, depth: number): Data {
  const shape = depth <= 0 ? 0 : random.below(3);
  if (shape === 1) return Array.from({ length: random.below(4) }, () => data(random, depth - 1));
  if (shape === 2) {
    const keys = ['a', 'k', 'b', 'z', '1', 'é', 'A b'];
    return Object.fromEntries(
      Array.from({ length: random.below(4) }, () => [random.pick(keys), data(random, depth - 1)]),
    );
  }
  return scalar(random);
}

/** The variables of one case that change from case to case: a scalar, a text, a list and a dictionary. */
export function randomVariables(random: Random): Record<string, Data> {
  const list = Array.from({ length: random.below(5) }, () => data(random, 2));
  const entries = ['k', 'a', 'q']
    .filter(() => random.chance(0.7))
    .map((key) => [key, data(random, 2)] as const);
  return {
    v1: scalar(random),
    v2: random.pick(TEXTS) + random.pick(TEXTS),
    v3: list,
    v4: Object.fromEntries(entries),
  };
}
