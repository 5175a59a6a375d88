import { describe, expect, it } from 'vitest';
import { Environment, type EnvironmentOptions } from './environment.js';
import { TemplateError } from './errors.js';
import { concat } from './text.js';
import { fromJs, isTainted, LazyMap, markUnsafe, omit, pyStr, type Value } from './values.js';

const scope = (variables: Record<string, unknown>): Map<string, Value> =>
  new Map(Object.entries(variables).map(([name, value]) => [name, fromJs(value)]));

function template(
  source: Value,
  variables: Record<string, unknown> = {},
  options: EnvironmentOptions = {},
): Value {
  return new Environment(options).templateValue(source, scope(variables));
}

function failure(run: () => unknown): TemplateError {
  try {
    run();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('variables', () => {
  it('are templated when they are used, in the scope of the use', () => {
    expect(
      template('{{ greeting }}', { greeting: 'Hello {{ name }}', name: '{{ first }}!', first: 'Al' }),
    ).toBe('Hello Al!');
  });

  it('that need themselves are an error that shows the loop', () => {
    const error = failure(() => template('{{ a }}', { a: '{{ b }}', b: '{{ a }}' }));

    expect(error.code).toBe('RECURSION');
    expect(error.message).toContain('a → b → a');
  });

  it('that need themselves through another scope do not exhaust the stack', () => {
    const environment = new Environment();
    const own = new Map<string, Value>([['x', '{{ others.one.x }}']]);
    const one = new LazyMap(
      (name) => environment.templateValue(own.get(name) ?? null, new Map(own)),
      () => own.keys(),
    );
    own.set(
      'others',
      new LazyMap(
        () => one,
        () => ['one'],
      ),
    );

    expect(failure(() => environment.templateValue('{{ x }}', own))).toBeInstanceOf(TemplateError);
  });

  it('with something undefined inside take a default', () => {
    expect(template("{{ path | default('/tmp') }}", { path: '{{ root }}/x' })).toBe('/tmp');
  });

  it('keep their objects, and lose nothing on the way', () => {
    const list = template('{{ all }}', { all: ['{{ one }}', [2.0, 1.5]], one: 'x' });

    expect(list).toEqual(fromJs(['x', [2, 1.5]]));
  });

  it('may be omit, which stays the very object', () => {
    const value = template(fromJs({ mode: '{{ mode | default(omit) }}' }), { omit });

    expect(value instanceof Map && value.get('mode')).toBe(omit);
  });

  it('of another host come through a lazy mapping', () => {
    const hostvars = new LazyMap(
      (host) => fromJs({ ip: `10.0.0.${host}` }),
      () => ['1', '2'],
    );

    expect(template("{{ hostvars['2'].ip }} {{ hostvars | list }}", { hostvars })).toBe(
      "10.0.0.2 ['1', '2']",
    );
  });
});

describe('an error', () => {
  it('names file, line, column, the expression and what to do', () => {
    const environment = new Environment();
    const origin = { file: 'site.yml', line: 12, column: 9 };

    const error = failure(() =>
      environment.renderText('one\n two {{ usres | first }}', scope({ users: [] }), origin),
    );

    expect(error).toMatchObject({
      file: 'site.yml',
      line: 13,
      column: 15,
      expression: '{{ usres | first }}',
      code: 'UNDEFINED',
    });
    expect(error.message).toBe(
      "cannot evaluate `{{ usres | first }}` at site.yml:13:15: 'usres' is undefined; did you mean 'users'? Otherwise define it, or give a fallback with `| default(...)`",
    );
  });

  it('in the value of a variable names the variable, and the place that uses it', () => {
    const environment = new Environment();
    const variables = scope({ half: '{{ size / 0 }}', size: 4 });

    const error = failure(() => environment.renderText('{{ half }}', variables, { file: 'a.j2' }));

    expect(error.message).toContain("`{{ size / 0 }}` in the variable 'half' at a.j2:1:");
  });

  it('on the first line counts from the column where the text begins', () => {
    const environment = new Environment();

    const error = failure(() =>
      environment.evaluate('1 / 0', scope({}), { file: 'a.yml', line: 3, column: 11 }),
    );

    expect(error).toMatchObject({ line: 3, column: 13, problem: 'division by zero' });
  });

  it.each([
    ['{{ x | uper }}', "did you mean 'upper'?"],
    ['{{ x is defned }}', "did you mean 'defined'?"],
    ['{% fi x %}', 'unknown tag'],
    ['{% if x %}', "expected 'elif' or 'else' or 'endif'"],
    ['{{ x', "expected '}}'"],
    ["{{ 'x }}", 'has no end'],
    ['{{ (x] }}', "expected ')'"],
    ['{% raw %}', 'endraw'],
    ['{# x', 'end of comment'],
    ["{{ lookup('nothing') }}", 'lookup plugin (nothing) not found'],
    ["{{ 'a' | regex_replace('(', 'b') }}", 'is no regular expression'],
    ['{{ range(10 ** 9) }}', 'too large'],
    ["{{ 'x' * 10 ** 10 }}", 'too large'],
    ['{{ 9 ** (9 ** 9) }}', 'too large'],
    ["{{ '%999999999s' % 'x' }}", 'too large'],
    ['{{ x(1) }}', 'not callable'],
    ['{{ x | int(wrong=1) }}', 'unexpected keyword argument'],
  ])('%s says %s', (source, message) => {
    expect(failure(() => template(source, { x: 'x' })).message).toContain(message);
  });

  it('in an expression that nests too deep is no crash', () => {
    const deep = `{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`;

    expect(failure(() => template(deep)).message).toContain('nests too deep');
  });

  it('in an included template names that template', () => {
    const environment = new Environment({ loader: () => 'fine\n{{ nothing }}' });

    const error = failure(() =>
      environment.renderText("{% include 'part.j2' %}", scope({}), { file: 'whole.j2' }),
    );

    expect(error).toMatchObject({ file: 'part.j2', line: 2 });
  });
});

describe('templates of several files', () => {
  const files: Record<string, string> = {
    'base.j2': '<{% block title %}base{% endblock %}|{% block body %}{{ x }}{% endblock %}>\n',
    'middle.j2': "{% extends 'base.j2' %}{% block title %}middle {{ super() }}{% endblock %}",
    'macros.j2': '{% macro twice(a) %}{{ a }}{{ a }}{% endmacro %}{% set answer = 42 %}',
    'part.j2': '[{{ x }}{{ y | default("-") }}]\n',
  };
  const environment = new Environment({ loader: (name) => files[name] ?? null });
  const render = (source: string): Value => environment.renderText(source, scope({ x: 1 }));

  it('extend one another', () => {
    expect(
      render(
        "{% extends 'middle.j2' %}ignored{% set y = 5 %}{% block body %}{{ super() }}{{ y }}{% endblock %}",
      ),
    ).toBe('<middle base|15>');
  });

  it('include others, with what is set around them or without', () => {
    expect(render("{% set y = 2 %}{% include 'part.j2' %}")).toBe('[12]');
    expect(failure(() => render("{% include 'part.j2' without context %}")).message).toContain(
      "'x' is undefined",
    );
    expect(render("{% include ['none.j2', 'part.j2'] %}{% include 'none.j2' ignore missing %}!")).toBe(
      '[1-]!',
    );
  });

  it('import macros and values', () => {
    expect(render("{% import 'macros.j2' as m %}{{ m.twice('a') }}{{ m.answer }}")).toBe('aa42');
    expect(render("{% from 'macros.j2' import twice as t, answer %}{{ t('b') }}{{ answer }}")).toBe('bb42');
  });

  it('that do not exist are an error with the name', () => {
    expect(failure(() => render("{% include 'none.j2' %}")).message).toContain(
      "there is no template 'none.j2'",
    );
  });
});

describe('of two mistakes the one Ansible names', () => {
  it.each([
    ['{{ (1 if []) is abs }}', 'TYPE'],
    ['{{ (1 if []) | from_json }}', 'TYPE'],
    ['{{ nope is abs }}', 'UNDEFINED'],
    ['{{ nope | from_json }}', 'UNDEFINED'],
    ['{{ nope | root(0) }}', 'TYPE'],
    ["{{ nope | root('x') }}", 'TYPE'],
    ['{{ nope | root }}', 'UNDEFINED'],
    ['{{ (1 if []) | root }}', 'UNDEFINED'],
    ['{{ 16 | root(nope) }}', 'UNDEFINED'],
  ])('is told of %s: %s', (source, code) => {
    expect(failure(() => template(source)).code).toBe(code);
  });

  it('leaves a root of a degree that is a text', () => {
    expect(template("{{ 16 | root('4') }}")).toEqual(fromJs('2.0'));
  });
});

describe('what the host adds', () => {
  it('are lookups, whose results are tainted unless the playbook allows them', () => {
    const lookups: EnvironmentOptions['lookups'] = {
      say: ({ positional }) => positional.map((each) => concat(['{{ ', pyStr(each), ' }}'])),
    };

    expect(template("{{ lookup('say', 'x') }}", {}, { lookups })).toEqual(markUnsafe('{{ x }}'));
    expect(isTainted(template("{{ query('say', 'x', 'y') }}", {}, { lookups }))).toBe(true);
    expect(isTainted(template("{{ lookup('say', 'x', allow_unsafe=True) }}", {}, { lookups }))).toBe(false);
  });

  it('are filters, tests and globals', () => {
    const options: EnvironmentOptions = {
      filters: { shout: (input) => concat([pyStr(input), '!']) },
      tests: { seven: (input) => input === 7 },
      globals: { answer: 42 },
    };

    expect(template("{{ 'a' | shout }} {{ 7 is seven }} {{ answer }}", {}, options)).toBe('a! True 42');
  });

  it('are other delimiters', () => {
    expect(template('[[ x ]] {{ x }}', { x: 1 }, { variableStart: '[[', variableEnd: ']]' })).toBe(
      '1 {{ x }}',
    );
  });

  it('never include a way to JavaScript', () => {
    for (const path of [
      'constructor',
      '__proto__',
      'toString',
      'prototype.x',
      '__class__.__mro__',
      'items.call',
    ]) {
      for (const base of ['x', 's', 'd', 'l', 'range', 'namespace()', 'loopless | default(range)']) {
        const value = (): Value =>
          template(`{{ (${base}).${path} is defined }}`, { x: 1, s: 's', d: {}, l: [] });

        expect(value()).toBe(false);
      }
    }
  });
});
