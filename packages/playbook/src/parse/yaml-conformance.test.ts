import { readFileSync } from 'node:fs';
import { isStr, plain } from '@tenon/jinja/text';
import { PyFloat, pyRepr, Undefined, type Value } from '@tenon/jinja/values';
import { describe, expect, test } from 'vitest';
import { Problems } from './problem.js';
import { parseYaml, toValue } from './yaml.js';

/**
 * What the YAML loader of Ansible 2.14 (PyYAML 6.0 with libyaml) makes of a text, or what it says is wrong. Texts are
 * marked with `s:`, mappings are lists of pairs, numbers that JSON cannot tell apart are spelled out.
 */
type Expected = { readonly value: unknown } | { readonly error: string };

const cases = JSON.parse(
  readFileSync(new URL('yaml-conformance.json', import.meta.url), 'utf8'),
) as readonly (readonly [string, Expected])[];

function typed(value: Value): unknown {
  if (value instanceof PyFloat) return `float:${plain(pyRepr(value))}`;
  if (typeof value === 'bigint') return `int:${value}`;
  if (value instanceof Undefined) return 'vault';
  if (isStr(value)) return `s:${plain(value)}`;
  if (Array.isArray(value)) return value.map(typed);
  if (value instanceof Map) return { map: [...value].map(([key, item]) => [typed(key), typed(item)]) };
  return value;
}

function read(text: string): { readonly value: unknown } | { readonly errors: number } {
  const problems = new Problems('file.yml', text);
  const node = parseYaml(text, problems);
  if (problems.errors.length > 0) return { errors: problems.errors.length };
  return { value: node === undefined ? null : typed(toValue(node)) };
}

describe('the same value as in Ansible', () => {
  test.each(cases.filter(([, expected]) => 'value' in expected))('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('refused as in Ansible', () => {
  test.each(cases.filter(([, expected]) => 'error' in expected))('%j', (text) => {
    expect(read(text)).toHaveProperty('errors');
  });
});
