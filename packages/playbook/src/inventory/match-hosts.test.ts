import { expect, test } from 'vitest';
import type { Inventory } from './inventory.js';
import { matchHosts } from './match-hosts.js';

const FLAT: Inventory = { hosts: ['web1', 'web2', 'db1', 'tenant-1:x'].map((name) => ({ name })) };

const GROUPED: Inventory = {
  hosts: ['alone', 'web1', 'web2', 'web3', 'db1', 'db2', 'old.example'].map((name) => ({ name })),
  groups: [
    { name: 'web', hosts: ['web1', 'web2', 'web3'], children: [] },
    { name: 'db', hosts: ['db1', 'db2'], children: [] },
    { name: 'staging', hosts: ['web2', 'db2'], children: [] },
    { name: 'prod', hosts: ['old.example'], children: ['web', 'db'] },
  ],
};

const names = (pattern: string | string[], inventory: Inventory) =>
  matchHosts(pattern, inventory).map((host) => host.name);

test.each([
  ['all', ['web1', 'web2', 'db1', 'tenant-1:x']],
  ['*', ['web1', 'web2', 'db1', 'tenant-1:x']],
  ['web1', ['web1']],
  ['web*', ['web1', 'web2']],
  ['web?', ['web1', 'web2']],
  ['web[!1]', ['web2']],
  ['db1:web2', ['db1', 'web2']],
  ['db1, web2', ['db1', 'web2']],
  ['all:!web1', ['web2', 'db1', 'tenant-1:x']],
  ['!web1', ['web2', 'db1', 'tenant-1:x']],
  ['all:&web*', ['web1', 'web2']],
  ['~(web|db)1', ['web1', 'db1']],
  ['tenant-1:x', ['tenant-1:x']],
  ['nobody', []],
  ['web', []],
  ['', []],
])('%j means %j where there are no groups', (pattern, expected) => {
  expect(names(pattern, FLAT)).toEqual(expected);
});

/** The right-hand sides are what `ansible PATTERN --list-hosts` of 2.14 prints for the same inventory. */
test.each([
  ['all', ['alone', 'web2', 'db2', 'old.example', 'web1', 'web3', 'db1']],
  ['ungrouped', ['alone']],
  ['web', ['web1', 'web2', 'web3']],
  ['prod', ['old.example', 'web1', 'web2', 'web3', 'db1', 'db2']],
  ['db:web', ['db1', 'db2', 'web1', 'web2', 'web3']],
  ['prod:&staging', ['web2', 'db2']],
  ['prod,!staging,!old*', ['web1', 'web3', 'db1']],
  ['web[0]', ['web1']],
  ['web[-1]', ['web3']],
  ['web[0:1]', ['web1', 'web2']],
  ['web[1:]', ['web2', 'web3']],
  ['web*[1]', ['web2']],
  ['~(web|old)', ['web1', 'web2', 'web3', 'old.example']],
  ['old.example', ['old.example']],
  ['w*:!web3:&prod', ['web1', 'web2']],
])('%j means %j among groups', (pattern, expected) => {
  expect(names(pattern, GROUPED)).toEqual(expected);
});

test('each pattern of a list is read alone', () => {
  expect(names(['db1:web1', 'web2,web3', '!web3'], GROUPED)).toEqual(['db1', 'web1', 'web2']);
});

test('localhost is there only for who asks for it by name', () => {
  expect(matchHosts('localhost', GROUPED)).toEqual([
    { name: 'localhost', vars: { ansible_connection: 'local' } },
  ]);
  expect(names('127.0.0.1', { hosts: [{ name: 'localhost' }] })).toEqual(['localhost']);
  expect(names('local*', GROUPED)).toEqual([]);
});

test('@file holds a pattern a line, for who may name files', () => {
  const readFile = (path: string) => (path === 'failed.retry' ? 'web1\n\ndb2\n' : '');

  expect(matchHosts('@failed.retry', GROUPED, { readFile }).map((host) => host.name)).toEqual([
    'web1',
    'db2',
  ]);
  expect(names('@failed.retry', GROUPED)).toEqual([]);
});

test('a part that fits nothing is told', () => {
  const missing: string[] = [];
  matchHosts('web:nobody:!never', GROUPED, { onMismatch: (pattern) => missing.push(pattern) });

  expect(missing).toEqual(['nobody', 'never']);
});

test.each([
  ['~(', 'Invalid host list pattern: ~('],
  ['web[7]', "No hosts matched the subscripted pattern 'web[7]'"],
])('%j cannot be read', (pattern, message) => {
  expect(() => names(pattern, GROUPED)).toThrow(message);
});

test('a group that is below itself is refused', () => {
  const groups = [
    { name: 'a', hosts: [], children: ['b'] },
    { name: 'b', hosts: [], children: ['a'] },
  ];

  expect(() => names('a', { hosts: [], groups })).toThrow('recursive dependency loop');
});
