import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Environment } from './environment.js';
import { fromSpans, plain, spansOf, type Span } from './text.js';
import { Dict } from './dict.js';
import { fromJs, isTainted, markUnsafe, Tuple, type Str, type Value } from './values.js';

/** Every hostile text has this character, so that a piece of it is recognised in a result. */
const MARK = '☠';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{{ bomb() }}',
        '{% set x = bomb() %}',
        '{#',
        '[1, ',
        "{'a': 1}",
        "'",
        '"',
        '\\',
        '\n',
        '%s',
        '\\1',
        '{0}',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => MARK + pieces.join(MARK) + MARK);

class Bomb extends Error {}

const environment = new Environment({
  globals: {},
  lookups: {
    bomb: () => {
      throw new Bomb('a tainted text was evaluated');
    },
  },
});

function scope(variables: Record<string, Value>): Map<string, Value> {
  return new Map(Object.entries(variables));
}

function spans(value: Value): readonly Span[] {
  if (typeof value === 'string') return [{ text: value, tainted: false }];
  if (Array.isArray(value)) return value.flatMap(spans);
  if (value instanceof Tuple) return value.items.flatMap(spans);
  if (value instanceof Map) return [...value].flatMap(([key, item]) => [...spans(key), ...spans(item)]);
  return value !== null && typeof value === 'object' && 'spans' in value ? value.spans : [];
}

const leaked = (value: Value): readonly Span[] =>
  spans(value).filter((span) => !span.tainted && span.text.includes(MARK));

const anyText = fc.string({ unit: 'binary' });

describe('a tainted text', () => {
  it('is rendered exactly as it is, by every entrance, all of it tainted', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, hostile), (text) => {
        const variables = scope({ m: markUnsafe(text) });

        const rendered = [
          environment.renderText('{{ m }}', variables),
          environment.templateValue('{{ m }}', variables),
          environment.evaluate('m', variables),
          environment.templateValue(markUnsafe(text), variables),
          environment.renderText(markUnsafe(text) as Str, variables),
        ];

        for (const value of rendered) expect(spansOf(value as Str)).toEqual([{ text, tainted: true }]);
      }),
    );
  });

  it('is not evaluated when a variable or a container holds it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const data = markUnsafe(fromJs({ [text]: [text, { deep: text }] }));
        const variables = scope({ data, indirect: '{{ data }}', again: '{{ indirect }}' });

        const value = environment.templateValue(
          ['{{ again }}', { key: '{{ again }}' }].map(fromJs),
          variables,
        );

        expect(leaked(value)).toEqual([]);
        expect(value).toEqual([data, new Dict([['key', data]])]);
      }),
    );
  });

  it('keeps its place between trusted pieces', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, text) => {
        const variables = scope({ b: `${before}|`, m: markUnsafe(text) });
        const expected = fromSpans([
          { text: `${before}|`, tainted: false },
          { text, tainted: true },
          { text: '!', tainted: false },
        ]);

        const ways = [
          '{% set t = b %}{{ b }}{{ m }}!',
          "{{ b ~ m ~ '!' }}",
          "{{ b + m + '!' }}",
          "{{ '%s%s!' % (b, m) }}",
          "{{ '{}{}!'.format(b, m) }}",
          "{{ [b, m, '!'] | join }}",
          "{{ ''.join([b, m, '!']) }}",
          "{{ (b ~ '#!').replace('#', m, 1) if '#' not in b else b ~ m ~ '!' }}",
          '{% filter string %}{{ b }}{{ m }}!{% endfilter %}',
          '{% macro say(x) %}{{ b }}{{ x }}!{% endmacro %}{{ say(m) }}',
        ];

        for (const template of ways)
          expect(environment.renderText(template, clean(variables))).toEqual(expected);
      }),
    );
  });
});

/** The header of a template is its own syntax; a property about data must not begin with one. */
function clean(variables: Map<string, Value>): Map<string, Value> {
  return variables;
}

/** Operations that take a text as `{}` stands for it; the hostile text also stands in every argument. */
const operations = [
  '{} | upper',
  '{} | lower',
  '{} | title',
  '{} | capitalize',
  '{} | trim',
  '{} | reverse',
  '{} | list',
  '{} | first',
  '{} | last',
  '{} | string',
  '{} | e',
  '{} | striptags',
  '{} | quote',
  '{} | center(50)',
  "{} | replace('a', m)",
  "{} | replace(m, 'b')",
  '{} | truncate(5, true, m, 0)',
  '{} | wordwrap(4)',
  '{} | wordwrap(4, wrapstring=m)',
  '{} | indent(m, true, true)',
  '{} | comment(decoration=m, prefix=m, postfix=m, beginning=m, end=m)',
  "{} | regex_replace('(.)', '<\\\\1>')",
  '{} | regex_replace("a", m)',
  "{} | regex_replace('^', m)",
  "{} | regex_search('.+')",
  "{} | regex_findall('.')",
  '{} | regex_escape',
  '{} | urlencode',
  '{} | urldecode',
  '{} | to_json',
  '{} | tojson',
  '{} | to_nice_json',
  '{} | default(m)',
  '{} | split',
  "{} | split('a')",
  '{} | basename',
  '{} | dirname',
  '{} | splitext',
  '[{}, m] | path_join',
  '[{}, m] | join(m)',
  '[{}, m] | sort',
  '[{}, m] | unique',
  '[{}, m] | max',
  '[{}, m] | map("upper")',
  '[{}, m] | zip([m]) | list',
  '[{}] | product([m]) | list',
  '{"k": {}} | dict2items',
  '{{}: m} | dict2items',
  '{{}: m} | dictsort',
  '{{}: 1} | combine({m: 2})',
  '[{"a": {}}] | groupby("a")',
  '[{"a": {}}] | map(attribute="a")',
  '[{"key": {}, "value": m}] | items2dict',
  '[{}, m] | flatten',
  '[{}, m] | batch(3, m)',
  '[{}, m] | random',
  '{} | ternary({}, m)',
  '{} | urlsplit',
  '{} | format(m)',
  "'%s' | format({})",
  '{} ~ m',
  '{} + m',
  '{} * 2',
  '"%s-%r" % ({}, m)',
  '{}[1:]',
  '{}[::-1]',
  '{}.upper()',
  '{}.split()',
  '{}.strip()',
  '{}.replace("a", m)',
  '{}.join([m, m])',
  '{}.center(40, "x")',
  '{}.ljust(40)',
  '{}.zfill(40)',
  '{}.partition("a")',
  '{}.rsplit("a")',
  '{}.splitlines()',
  '{}.title()',
  '{}.swapcase()',
  '{}.expandtabs()',
  '{}.format(m, m)',
  '"{0!r:>40}".format({})',
  '"{:{f}<9}".format("a", f={}[0])',
  'dict([[{}, m]])',
  '{{}: [m]}',
  '({}, m)',
  '{} if m else m',
  'm or {}',
  'namespace(a={}).a',
  'cycler({}, m).next()',
  'joiner({})',
  '{} | map("upper") | join',
  '[{}] | sum(start=[m])',
  '{} | from_json',
  '({} | to_json) | from_json',
  'm is defined',
  '{} | to_yaml',
  '{} | to_nice_yaml',
  '{m: {}} | to_nice_yaml',
  '{} | hash',
  '{} | b64encode',
  '{} | b64encode | b64decode',
  '{m: {}} | xmlattr',
  '{} | strftime',
] as const;

const chain = fc.array(fc.constantFrom(...operations), { minLength: 1, maxLength: 4 });

/** The operations one inside the other. */
const nested = (steps: readonly string[]): string =>
  steps.reduce((inner, step) => step.replaceAll('{}', `(${inner})`), 'm');

/** The value, or null where the operations do not fit together; a Bomb goes through. */
function attempt(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      if (cause instanceof Bomb) throw cause;
    return null;
  }
}

describe('whatever is done with a tainted text', () => {
  it.each(operations)('%s leaves no trusted piece of it', (operation) => {
    fc.assert(
      fc.property(hostile, (text) => {
        const variables = scope({ m: markUnsafe(text) });

        const value = attempt(() => environment.evaluate(nested([operation]), variables));

        expect(leaked(value)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('chains of operations leave none either, and nothing of it is ever evaluated', () => {
    fc.assert(
      fc.property(hostile, chain, (text, steps) => {
        const bomb = text.replaceAll('bomb()', "lookup('bomb')");
        const variables = scope({
          m: markUnsafe(bomb),
          made: `{{ ${nested(steps)} }}`,
          printed: 'a {{ made }} b',
        });

        const first = attempt(() => environment.templateValue('{{ made }}', variables));
        const second = attempt(() => environment.templateValue(first, variables));
        const third = attempt(() =>
          environment.templateValue(
            '{{ printed }}',
            scope({ ...Object.fromEntries(variables), kept: second }),
          ),
        );

        for (const value of [first, second, third]) expect(leaked(value)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('the results of encoders and hashes are tainted as a whole', () => {
    const variables = scope({ m: markUnsafe('x'), list: ['a', markUnsafe('b')] });

    const results = ['m | b64encode', 'm | hash', 'm | to_uuid', 'm | b64encode | b64decode'].map(
      (expression) => environment.evaluate(expression, variables),
    );

    for (const value of results) expect(spans(value).every((span) => span.tainted)).toBe(true);
    expect(isTainted(environment.evaluate('list | to_json', variables))).toBe(true);
  });
});

describe('a condition', () => {
  it('takes tainted text for data', () => {
    const variables = scope({ m: markUnsafe("x' or true or 'x") });

    expect(environment.evaluateCondition("m == 'x'", variables)).toBe(false);
    expect(environment.evaluateCondition('m', variables)).toBe(true);
  });

  it('is refused when templating puts tainted text into it', () => {
    const variables = scope({ m: markUnsafe("x' or true or 'x") });

    expect(() => environment.evaluateCondition("'{{ m }}' == 'x'", variables)).toThrow('untrusted text');
  });
});
