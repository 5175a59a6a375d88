import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Environment } from '../environment.js';
import { TemplateError } from '../errors.js';
import { plain } from '../text.js';
import { fromJs, pyStr, type Value } from '../values.js';

interface Case {
  template: string;
  about: string;
  answer?: string;
  error?: string;
}

const fixture = JSON.parse(readFileSync(new URL('lab-62.json', import.meta.url), 'utf8')) as {
  variables: Record<string, unknown>;
  cases: Case[];
};

function answer(template: string): string {
  const variables = new Map(Object.entries(fixture.variables).map(([name, value]): [string, Value] => [name, fromJs(value)]));
  const environment = new Environment({ lookups: { env: () => ['/root'] } });
  return plain(pyStr(environment.templateValue(template, variables)));
}

function errorCode(template: string): string {
  try {
    return `no error: ${answer(template)}`;
  } catch (error) {
    return error instanceof TemplateError ? error.code : String(error);
  }
}

describe('Ansible 2.14 gives', () => {
  it.each(fixture.cases.filter((each) => each.answer !== undefined))('the same text: $about', ({ template, answer: wanted }) => {
    expect(answer(template)).toBe(wanted);
  });

  it.each(fixture.cases.filter((each) => each.error !== undefined))('the same error: $about', ({ template, error }) => {
    expect(errorCode(template)).toBe(error);
  });

  it('62 expressions in all', () => {
    expect(fixture.cases).toHaveLength(62);
  });
});
