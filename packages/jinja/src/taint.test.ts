import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dict } from './dict.js';
import { hostileText, leaked, mined, scopeOf } from './testing/hostile.js';
import { fromSpans } from './text.js';
import { fromJs, markUnsafe, spansOf, type Str } from './values.js';

const anyText = fc.string({ unit: 'binary' });

describe('a tainted text', () => {
  it('is rendered exactly as it is, by every entrance, all of it tainted', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, hostileText), (text) => {
        const variables = scopeOf({ m: markUnsafe(text) });

        const rendered = [
          mined.renderText('{{ m }}', variables),
          mined.templateValue('{{ m }}', variables),
          mined.evaluate('m', variables),
          mined.templateValue(markUnsafe(text), variables),
          mined.renderText(markUnsafe(text) as Str, variables),
        ];

        for (const value of rendered) expect(spansOf(value as Str)).toEqual([{ text, tainted: true }]);
      }),
    );
  });

  it('is not evaluated when a variable or a container holds it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const data = markUnsafe(fromJs({ [text]: [text, { deep: text }] }));
        const variables = scopeOf({ data, indirect: '{{ data }}', again: '{{ indirect }}' });

        const value = mined.templateValue(['{{ again }}', { key: '{{ again }}' }].map(fromJs), variables);

        expect(leaked(value)).toEqual([]);
        expect(value).toEqual([data, new Dict([['key', data]])]);
      }),
    );
  });

  it('keeps its place between trusted pieces', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, text) => {
        const variables = scopeOf({ b: `${before}|`, m: markUnsafe(text) });
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

        for (const template of ways) expect(mined.renderText(template, variables)).toEqual(expected);
      }),
    );
  });
});

describe('a condition', () => {
  it('takes tainted text for data', () => {
    const variables = scopeOf({ m: markUnsafe("x' or true or 'x") });

    expect(mined.evaluateCondition("m == 'x'", variables)).toBe(false);
    expect(mined.evaluateCondition('m', variables)).toBe(true);
  });

  it('is refused when templating puts tainted text into it', () => {
    const variables = scopeOf({ m: markUnsafe("x' or true or 'x") });

    expect(() => mined.evaluateCondition("'{{ m }}' == 'x'", variables)).toThrow('untrusted text');
  });
});
