import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Environment } from '../environment.js';
import { TemplateError } from '../errors.js';
import { plain } from '../text.js';
import { fromJs, pyRepr, type Value } from '../values.js';

interface Answer {
  answer?: string;
  error?: string;
}

interface Fixture {
  variables: Record<string, unknown>;
  templates: (Answer & { template: string })[];
  random: (Answer & { template: string })[];
  files: { template: string; answer?: string; error?: true }[];
  conditions: { condition: boolean | string; answer?: boolean; error?: true }[];
  differences: { template: string; ansible: string; ours: string; why: string }[];
}

const fixture = JSON.parse(
  readFileSync(new URL('ansible-2.14.json', import.meta.url), 'utf8'),
) as Fixture;

/** The kinds of errors that the answers tell apart. */
const KINDS = new Set(['UNDEFINED', 'SYNTAX']);

function variables(): Map<string, Value> {
  return new Map(Object.entries(fixture.variables).map(([name, value]) => [name, fromJs(value)]));
}

const environment = (): Environment => new Environment({ lookups: { env: () => ['/x'] } });

function outcome(template: string): Answer {
  try {
    return { answer: plain(pyRepr(environment().templateValue(template, variables()))) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { error: KINDS.has(error.code) ? error.code : 'OTHER' };
  }
}

describe('as Ansible 2.14 does', () => {
  it.each([...fixture.templates, ...fixture.random])('$template', ({ template, ...wanted }) => {
    expect(outcome(template)).toEqual(wanted);
  });

  it.each(fixture.files.filter((each) => each.error === undefined))('a file: $template', ({ template, answer }) => {
    expect(plain(environment().renderText(template, variables()))).toBe(answer);
  });

  it.each(fixture.files.filter((each) => each.error))('a refused file: $template', ({ template }) => {
    expect(() => environment().renderText(template, variables())).toThrow(TemplateError);
  });

  it.each(fixture.conditions.filter((each) => each.error === undefined))(
    'a condition: $condition',
    ({ condition, answer }) => {
      expect(environment().evaluateCondition(condition, variables())).toBe(answer);
    },
  );

  it.each(fixture.conditions.filter((each) => each.error))('a refused condition: $condition', ({ condition }) => {
    expect(() => environment().evaluateCondition(condition, variables())).toThrow(TemplateError);
  });
});

describe('unlike Ansible 2.14', () => {
  it.each(fixture.differences)('$why: $template', ({ template, ours }) => {
    const { answer, error } = outcome(template);

    expect(answer ?? `error ${error ?? ''}`).toBe(ours);
  });
});
