import { Environment } from '@tenon/jinja/environment';
import { isTainted, markUnsafe, type Value } from '@tenon/jinja/values';
import { expect, test } from 'vitest';
import { vaultFilters } from './vault.js';

/** Made by Ansible 2.14: `{{ 'höst key' | vault('pass wörd', salt='mysalt') }}`. */
const OF_ANSIBLE = `$ANSIBLE_VAULT;1.2;AES256;filter_default
3664373937333631366337340a663636343434316133336132366666633935316365336465336537
333833633831383264613438353066613831326366356537313533623666643930366634630a6561
666564316530343466383336386463383665633037356337343764626463
`;

function value(expression: string, known: Readonly<Record<string, Value>> = {}): Value {
  const scope = new Map(Object.entries(known));
  const jinja = new Environment({ filters: vaultFilters });
  return jinja.templateValue(`{{ ${expression} }}`, Object.assign(scope, { names: () => scope.keys() }));
}

test('with the same salt a text becomes what Ansible makes of it', () => {
  expect(value("'höst key' | vault('pass wörd', salt='mysalt')")).toBe(OF_ANSIBLE);
});

test('a text comes back, from Ansible as from here, with a salt of its own each time', () => {
  expect(value("sealed | unvault('pass wörd')", { sealed: OF_ANSIBLE })).toBe('höst key');
  expect(value("'x' | vault('a', vaultid='dev') | unvault('a')")).toBe('x');
  expect(value("'x' | vault('a') == 'x' | vault('a')")).toBe(false);
  expect(value("'x' | vault('a', vaultid='dev')")).toMatch(/^\$ANSIBLE_VAULT;1\.2;AES256;dev\n/);
});

test('what is not encrypted is given as it is, and tenant data stays tenant data', () => {
  expect(value("'clear' | unvault('a')")).toBe('clear');
  expect(isTainted(value("text | unvault('pass wörd')", { text: markUnsafe(OF_ANSIBLE) }))).toBe(true);
});

test.each([
  ["sealed | unvault('wrong')", 'Unable to decrypt: Decryption failed'],
  ["'x' | vault(['a'])", 'the secret is no text'],
  ["3 | vault('a')", 'what vault encrypts is no text'],
  ["'x' | vault", "missing 1 required positional argument: 'secret'"],
  ["'x' | vault('a', wrap_object=true)", 'vault knows no wrap_object'],
])('%s is an error', (expression, problem) => {
  expect(() => value(expression, { sealed: OF_ANSIBLE })).toThrow(problem);
});
