import { isTainted, PyFloat, toJs } from '@tenon/jinja/values';
import { expect, test } from 'vitest';
import { Problems } from './problem.js';
import { parseYaml, toValue } from './yaml.js';

function read(text: string): unknown {
  const problems = new Problems('file.yml', text);
  const node = parseYaml(text, problems);
  expect(problems.errors).toEqual([]);
  return node === undefined ? undefined : toJs(toValue(node));
}

/** PyYAML 6.0 printed the right-hand sides. */
test.each([
  ['yes', true],
  ['No', false],
  ['on', true],
  ['OFF', false],
  ['True', true],
  ['y', 'y'],
  ['n', 'n'],
  ['tRUE', 'tRUE'],
  ['~', null],
  ['null', null],
  ['0644', 420],
  ['0o644', '0o644'],
  ['644', 644],
  ['08', '08'],
  ['0x1F', 31],
  ['0b11', 3],
  ['1_000', 1000],
  ['1:30', 90],
  ['-1:30', -90],
  ['1e3', '1e3'],
  ['1.5e+3', 1500],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['.inf', Infinity],
  ['1.2.3', '1.2.3'],
  ['2001-12-14', '2001-12-14'],
  ['"yes"', 'yes'],
  ["'0644'", '0644'],
  ['!!str yes', 'yes'],
  ['12345678901234567890', 12345678901234567890n],
  ['a\n  b', 'a b'],
  ['|\n  a\n  b\n', 'a\nb\n'],
  ['>-\n  a\n  b\n', 'a b'],
])('%s', (text, value) => {
  expect(read(`k: ${text}`)).toEqual({ k: value });
});

test('a float stays a float, as Python prints it', () => {
  const node = parseYaml('1.0', new Problems('f', ''));

  expect(node?.kind === 'scalar' && node.value).toEqual(new PyFloat(1));
});

test('merge keys and aliases give what the anchor has; keys written here win', () => {
  expect(read('a: &a { x: 1, y: 2 }\nb: { <<: *a, y: 3 }\nc: *a')).toEqual({
    a: { x: 1, y: 2 },
    b: { x: 1, y: 3 },
    c: { x: 1, y: 2 },
  });
});

test('a key stays where it stood first, also a merged one', () => {
  const node = parseYaml('a: &a { x: 1, y: 2 }\nb: { z: 0, <<: *a, x: 3 }\nc: 1', new Problems('f', ''));
  const keys = node?.kind === 'map' ? node.entries.map(({ value }) => value) : [];

  expect(keys[1]?.kind === 'map' && keys[1].entries.map(({ key }) => key)).toEqual(['x', 'y', 'z']);
});

test('of two equal keys the last counts, with a warning', () => {
  const problems = new Problems('file.yml', 'a: 1\na: 2');
  const node = parseYaml('a: 1\na: 2', problems);

  expect(node === undefined ? undefined : toJs(toValue(node))).toEqual({ a: 2 });
  expect(problems.warnings.map(({ line }) => line)).toEqual([2]);
});

test.each([
  ['a: {{ b }}', 'must be in quotes'],
  ['a: !other x', 'unknown tag'],
  ['a: *nobody', 'nobody'],
  ['a: 1\n---\nb: 2', 'one document'],
  ['a: {{ b }} c', 'must be in quotes'],
  ['a: b: c', 'mapping values are not allowed in this context'],
  ['a:\n\t- b', 'a tab'],
  ['a: "b', 'close the quote'],
  ['a: [b', "did not find expected ',' or ']'"],
  ['a: 1\n b: 2', 'mapping values are not allowed'],
  ['a:\n  b: 1\n c: 2', 'did not find expected key'],
  ['a: &x 1\nb: &x 2', 'duplicate anchor'],
  ['a: \x07', 'control characters'],
])('%j is a problem', (text, message) => {
  const problems = new Problems('file.yml', text);
  parseYaml(text, problems);

  expect(problems.errors[0]?.message).toContain(message);
});

test('!unsafe text is never templated', () => {
  const node = parseYaml('!unsafe "{{ x }}"', new Problems('f', ''));

  expect(node?.kind === 'scalar' && typeof node.value).toBe('object');
});

test('everything below !unsafe is never templated', () => {
  const node = parseYaml('!unsafe [{ a: "{{ x }}" }]', new Problems('f', ''));

  expect(node !== undefined && isTainted(toValue(node))).toBe(true);
});

test('a !vault value is opened', () => {
  const decrypt = (vaulted: string, file: string) => `${vaulted.trim()} of ${file}`;
  const node = parseYaml('!vault |\n  sealed\n', new Problems('f', ''), { decrypt });

  expect(node).toMatchObject({ value: 'sealed of f' });
});

test('nodes know the line and the column where they begin', () => {
  const text = '---\n# comment\n- name: a\r\n  list:\n    - |\n     text\n    - "b"\n';
  const node = parseYaml(text, new Problems('f', text));

  expect(node).toMatchObject({
    at: { line: 3, column: 1 },
    items: [
      {
        at: { line: 3, column: 3 },
        entries: [
          { at: { line: 3, column: 3 }, value: { at: { line: 3, column: 9 } } },
          {
            at: { line: 4, column: 3 },
            value: { items: [{ at: { line: 5, column: 7 } }, { at: { line: 7, column: 7 } }] },
          },
        ],
      },
    ],
  });
});

test('a fault is told with its place', () => {
  const problems = new Problems('f', 'a: 1\nb: c: d\n');
  parseYaml('a: 1\nb: c: d\n', problems);

  expect(problems.errors).toMatchObject([{ line: 2, column: 5 }]);
});

test('aliases of aliases cannot fill the memory', () => {
  const levels = Array.from({ length: 30 }, (_, level) => {
    const before =
      level === 0
        ? '[x]'
        : `[${Array(9)
            .fill(`*a${level - 1}`)
            .join(', ')}]`;
    return `a${level}: &a${level} ${before}`;
  });
  const problems = new Problems('f', '');
  parseYaml(levels.join('\n'), problems);

  expect(problems.errors[0]?.message).toContain('aliases repeat too much');
});

test('the keys 1 and "1" are two, as 1, 1.0 and true are one', () => {
  const node = parseYaml("{1: a, '1': b, 1.0: c, true: d}", new Problems('f', ''));

  expect(node === undefined ? undefined : [...(toValue(node) as Map<unknown, unknown>)]).toEqual([
    [1, 'd'],
    ['1', 'b'],
  ]);
});

/** The loader of Ansible 2.14 printed the right-hand sides. */
test.each([
  ["'a\u2028    '", 'a\u2028'],
  ["'a  \u2028  b'", 'a\u2028b'],
  ["'a\u2028\n \n b'", 'a\u2028\n\nb'],
  ["'a\n\u2028\n b'", 'a\u2028\nb'],
  ['"a\\\u2028  b"', 'ab'],
  ['a\u2028  b', 'a\u2028b'],
  ['a: b\u2028c: d', { a: 'b', c: 'd' }],
  ['a:\u2028  b', { a: 'b' }],
  ['# c\u2028a: 1', { a: 1 }],
  ['[a,\u2028 b]', ['a', 'b']],
  ['- |\n  a\u2028  b\n', ['a\u2028b\n']],
  ['- |\n  a\n   \u2028  b\n', ['a\n \u2028b\n']],
  ['- |+\n  a\u2028\n', ['a\u2028\n']],
  ['- >\n  a\u2028  b\n  c\n', ['a\u2028b c\n']],
  ['- >\n  a\n\u2028\n  b\n', ['a\u2028\nb\n']],
  ['- >-\n  a\n  b\u2028\n', ['a b']],
])('a line break of Unicode ends a line and stays: %j', (text, value) => {
  expect(read(text)).toEqual(value);
});
