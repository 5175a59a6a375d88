import { expect, test } from 'vitest';
import { PLAYBOOK_OPTIONS } from './common-options.js';
import { parseOptions } from './parse-options.js';

const parse = (line: string) => parseOptions(PLAYBOOK_OPTIONS, line.split(' '));

test('short flags stand together, the last one may take the rest as its value', () => {
  const parsed = parse('-vvCbiweb, site.yml');

  expect(parsed.count('verbose')).toBe(2);
  expect(parsed.has('check') && parsed.has('become')).toBe(true);
  expect(parsed.list('inventory')).toEqual(['web,']);
  expect(parsed.positionals).toEqual(['site.yml']);
});

test('long options take = or the next word, and may be repeated', () => {
  const parsed = parse('--extra-vars=a=1 -e b=2 --limit web site.yml other.yml');

  expect(parsed.list('extra-vars')).toEqual(['a=1', 'b=2']);
  expect(parsed.text('limit')).toBe('web');
  expect(parsed.positionals).toEqual(['site.yml', 'other.yml']);
});

test('the beginning of a long option is enough while it is the only one', () => {
  expect(parse('--inv x').list('inventory')).toEqual(['x']);
  expect(() => parse('--list x')).toThrow(
    'ambiguous option: --list could match --list-hosts, --list-tasks, --list-tags',
  );
});

test('all spellings mean the same', () => {
  expect(parse('--inventory-file x').list('inventory')).toEqual(['x']);
  expect(parse('--key-file k').text('private-key')).toBe('k');
});

test.each([
  ['--nonsense', 'unrecognized arguments: --nonsense'],
  ['-Z', 'unrecognized arguments: -Z'],
  ['-i', 'argument -i/--inventory/--inventory-file: expected one argument'],
  ['-i -C', 'argument -i/--inventory/--inventory-file: expected one argument'],
  ['--check=1', "argument -C/--check: ignored explicit argument '1'"],
])('%s is refused', (line, sentence) => {
  expect(() => parse(line)).toThrow(sentence);
});

test('a value may have dashes in it when it is no single word', () => {
  expect(
    parseOptions(PLAYBOOK_OPTIONS, ['--ssh-common-args', '-o ProxyJump=x']).text('ssh-common-args'),
  ).toBe('-o ProxyJump=x');
});

test('behind -- nothing is an option', () => {
  expect(parse('-- -C').positionals).toEqual(['-C']);
});

test('what must be a number is one', () => {
  expect(parse('-f 7').number('forks')).toBe(7);
  expect(() => parse('-f many').number('forks')).toThrow("argument --forks: invalid int value: 'many'");
});
