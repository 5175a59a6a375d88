import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allSpans, Bomb, hostileText, leaked, mined, scopeOf } from './testing/hostile.js';
import { isTainted, markUnsafe, type Value } from './values.js';

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
  '{} | truncate(6, true, m, 0)',
  '{} | wordwrap(4)',
  '{} | wordwrap(4, wrapstring=m)',
  '{} | indent(m, true, true)',
  '{} | comment(decoration=m, prefix=m, postfix=m, beginning=m, end=m)',
  "{} | regex_replace('(.)', '<\\1>')",
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
  "('%s' ~ {}) | format(m)",
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
  '[[{}]] | sum(start=[m])',
  '({} | to_json) | from_json',

  '{} | to_yaml',
  '{} | to_nice_yaml',
  '{m: {}} | to_nice_yaml',
  '{} | hash',
  '{} | b64encode',
  '{} | b64encode | b64decode',
  '{"a": {}} | xmlattr',
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
      fc.property(hostileText, (text) => {
        const variables = scopeOf({ m: markUnsafe(text) });

        const value = attempt(() => mined.evaluate(nested([operation]), variables));

        expect(leaked(value)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it.each(operations)('%s is an operation that works', (operation) => {
    const variables = scopeOf({ m: markUnsafe('☠a b/c') });

    expect(() => mined.evaluate(nested([operation]), variables)).not.toThrow();
  });

  it('chains of operations leave none either, and nothing of it is ever evaluated', () => {
    fc.assert(
      fc.property(hostileText, chain, (text, steps) => {
        const variables = scopeOf({
          m: markUnsafe(text),
          made: `{{ ${nested(steps)} }}`,
          printed: 'a {{ made }} b',
        });

        const first = attempt(() => mined.templateValue('{{ made }}', variables));
        const second = attempt(() => mined.templateValue(first, variables));
        const third = attempt(() =>
          mined.templateValue('{{ printed }}', scopeOf({ ...Object.fromEntries(variables), kept: second })),
        );

        for (const value of [first, second, third]) expect(leaked(value)).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('the results of encoders and hashes are tainted as a whole', () => {
    const variables = scopeOf({ m: markUnsafe('x'), list: ['a', markUnsafe('b')] });

    const results = ['m | b64encode', 'm | hash', 'm | to_uuid', 'm | b64encode | b64decode'].map(
      (expression) => mined.evaluate(expression, variables),
    );

    for (const value of results) expect(allSpans(value).every((span) => span.tainted)).toBe(true);
    expect(isTainted(mined.evaluate('list | to_json', variables))).toBe(true);
  });
});
