import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dict } from './dict.js';
import { floatText } from './python/float-text.js';
import {
  fromJs,
  isTainted,
  LazyMap,
  markUnsafe,
  PyFloat,
  pyRepr,
  pyStr,
  toJs,
  Tuple,
  Undefined,
  type Value,
} from './values.js';

describe('JavaScript data', () => {
  it('comes back as it went in', () => {
    const json = fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as unknown);

    fc.assert(
      fc.property(json, (value) => {
        expect(toJs(fromJs(value))).toEqual(value);
        expect(toJs(markUnsafe(fromJs(value)))).toEqual(value);
      }),
    );
  });

  it('keeps a key named __proto__ an ordinary key', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}') as unknown;

    expect(Object.keys(toJs(fromJs(value)) as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('is refused when it is no data', () => {
    expect(() => fromJs(() => 1)).toThrow('give plain data');
    expect(() => fromJs(new URL('http://a/'))).toThrow('give plain data');
  });

  it('has floats where JavaScript has fractions, and ints elsewhere', () => {
    expect(fromJs([1, 1.5, 2 ** 60])).toEqual([1, new PyFloat(1.5), new PyFloat(2 ** 60)]);
  });
});

describe('a value prints as in Python', () => {
  it.each<[string, Value]>([
    ['None', null],
    ["[True, 1, 1.0, 'a']", [true, 1, new PyFloat(1), 'a']],
    ['(1,)', new Tuple([1])],
    ["{'k': ()}", new Dict([['k', new Tuple([])]])],
    ['"it\'s"', "it's"],
    ["'both \\' and \"'", 'both \' and "'],
    ["'\\xa0\\u200b\\n\\\\é😀'", '\u00a0\u200b\n\\é😀'],
    ['100000000000000000000', 10n ** 20n],
  ])('%s', (printed, value) => {
    expect(pyRepr(value)).toBe(printed);
  });

  it('floats read back as the same number and always look like floats', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(floatText(value))).toBe(value);
        expect(floatText(value)).toMatch(/^-?\d(?:\.\d+)?e[+-]\d{2,}$|^-?\d+\.\d+$/);
      }),
    );
  });

  it('what is lazily undefined prints as nothing only when it is not strict', () => {
    expect(pyStr(new Undefined('x', false))).toBe('');
    expect(pyStr(new Undefined('x'))).toBe('AnsibleUndefined');
  });
});

describe('a dictionary', () => {
  it('takes 1, 1.0 and True for one key, which keeps its first spelling', () => {
    const dict = new Dict([
      [1, 'a'],
      [new PyFloat(1), 'b'],
      [true, 'c'],
    ]);

    expect([...dict]).toEqual([[1, 'c']]);
  });

  it('finds tuples by their items, and never a text that looks like one', () => {
    const dict = new Dict([[new Tuple([1, 'a']), 'found']]);

    expect(dict.get(new Tuple([1, 'a']))).toBe('found');
    for (const text of ["(1, 'a')", '\u0000tuple["number:1","string:a"]']) expect(dict.has(text)).toBe(false);
  });

  it('finds a tainted key by its characters and keeps its taint', () => {
    const dict = markUnsafe(fromJs({ name: 1 })) as Dict;

    expect(dict.get('name')).toBe(1);
    expect(isTainted([...dict.keys()])).toBe(true);
  });

  it('forgets what is deleted', () => {
    const dict = new Dict([['a', 1]]);

    dict.delete(markUnsafe('a'));

    expect([dict.size, dict.has('a')]).toEqual([0, false]);
  });
});

it('a lazy mapping reads a value only when it is asked for', () => {
  const asked: string[] = [];
  const lazy = new LazyMap(
    (key) => {
      asked.push(key);
      return 1;
    },
    () => ['a', 'b'],
  );

  lazy.item('a');

  expect(asked).toEqual(['a']);
  expect(pyRepr(lazy)).toBe("{'a': 1, 'b': 1}");
});
